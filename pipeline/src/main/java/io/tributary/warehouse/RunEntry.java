package io.tributary.warehouse;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run in the ledger.
 *
 * @param configHash SHA-256 of the config's text, in hex
 * @param finishedAt null while it goes on
 * @param error null unless it failed
 */
public record RunEntry(
    String runId,
    String config,
    String configHash,
    RunStatus status,
    String runner,
    Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable String error) {

  public RunEntry ended(RunStatus newStatus, Instant at, @Nullable String newError) {
    return new RunEntry(runId, config, configHash, newStatus, runner, startedAt, at, newError);
  }
}
