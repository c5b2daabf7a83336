package io.tributary.warehouse;

import io.tributary.spec.WriteMode;

/**
 * What the publish did to one table. {@code rowsWritten = inserted + updated + duplicates}.
 *
 * @param rowsBefore 0 for a table that was made
 * @param rowsWritten rows that the sink handed over
 * @param duplicates rows left out because another row of the batch had the same merge key and a
 *     larger cursor
 * @param created whether the table was made
 */
public record PublishedTable(
    String sink,
    TableName table,
    WriteMode mode,
    long rowsBefore,
    long rowsWritten,
    long rowsAfter,
    long inserted,
    long updated,
    long duplicates,
    boolean created) {}
