package io.tributary.warehouse.duckdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Who holds the lock of a config. Immutable.
 *
 * @param processStart when the process began, in milliseconds since 1970; tells it from a later one
 *     with the same id; 0 when the system does not say
 * @param renewed when the holder last said that it is there
 */
record LockFile(
    String config, String runId, long pid, long processStart, String host, Instant renewed) {
  /** How long a holder on another machine is believed to live after its last renewal. */
  static final Duration LEASE = Duration.ofMinutes(5);

  /**
   * How much two processes may differ about the start of a third: each works it out from the moment
   * of the system's start, which Linux tells in whole seconds and moves when the clock is set.
   */
  private static final Duration START_ERROR = Duration.ofSeconds(2);

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The lock of a run of this process. */
  static LockFile ofThisProcess(String config, String runId, Instant now) {
    ProcessHandle self = ProcessHandle.current();
    return new LockFile(config, runId, self.pid(), startOf(self), thisHost(), now);
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  static String thisHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost"; // a machine that does not know its own name still knows its processes
    }
  }

  LockFile renewed(Instant now) {
    return new LockFile(config, runId, pid, processStart, host, now);
  }

  /** Whether the run can still be going on. */
  boolean isAlive(Instant now) {
    if (!host.equals(thisHost())) {
      return renewed.plus(LEASE).isAfter(now);
    }
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> isSame(startOf(process)))
        .isPresent();
  }

  private boolean isSame(long otherStart) {
    return processStart == 0
        || otherStart == 0
        || Math.abs(processStart - otherStart) <= START_ERROR.toMillis();
  }

  /** Empty when there is no such file, or nothing in it: it is written whole or not at all. */
  static Optional<LockFile> read(Path file) throws IOException {
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      if (!json.hasNonNull("run_id") || !json.hasNonNull("renewed")) {
        return Optional.empty();
      }
      return Optional.of(
          new LockFile(
              json.path("config").asText(),
              json.path("run_id").asText(),
              json.path("pid").asLong(),
              json.path("process_start").asLong(),
              json.path("host").asText(),
              Instant.ofEpochMilli(json.path("renewed").asLong())));
    } catch (NoSuchFileException | com.fasterxml.jackson.core.JsonProcessingException e) {
      return Optional.empty();
    }
  }

  void write(Path file) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("config", config)
        .put("run_id", runId)
        .put("pid", pid)
        .put("process_start", processStart)
        .put("host", host)
        .put("renewed", renewed.toEpochMilli());
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    Files.write(unfinished, JSON.writeValueAsBytes(json));
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** As a message names it. */
  String describe() {
    return "run " + runId + " (process " + pid + " on " + host + ")";
  }
}
