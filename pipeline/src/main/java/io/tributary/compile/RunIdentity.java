package io.tributary.compile;

import java.time.Instant;

/**
 * What tells one run from another.
 *
 * @param runner {@code direct}, later {@code flink} or {@code dataflow}
 * @param warehouse its address
 * @param staging folder for the run's staged files
 */
public record RunIdentity(
    String runId, String runner, Instant startedAt, String warehouse, String staging) {}
