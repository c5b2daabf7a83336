package io.tributary.warehouse;

import io.tributary.row.CursorValue;
import java.time.Instant;

/**
 * A cursor in the ledger: rows below {@code value} have reached the sink.
 *
 * @param column of the source
 * @param runId of the run that moved it; of a person's change, a word for it
 */
public record CursorEntry(
    String config,
    String source,
    String sink,
    String column,
    CursorValue value,
    String runId,
    Instant updatedAt) {}
