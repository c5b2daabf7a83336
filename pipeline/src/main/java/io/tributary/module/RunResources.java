package io.tributary.module;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Things that belong to a run in this process, such as connections that share a snapshot, by key.
 * Whoever runs the pipeline closes them with {@link #closeAll}. Thread-safe.
 */
public final class RunResources {
  private static final Map<String, Map<String, AutoCloseable>> RUNS = new ConcurrentHashMap<>();

  private RunResources() {}

  public static void put(String runId, String key, AutoCloseable resource) {
    RUNS.computeIfAbsent(runId, id -> new ConcurrentHashMap<>()).put(key, resource);
  }

  /** Empty in a process in which the run was not begun. */
  public static <T extends AutoCloseable> Optional<T> find(
      String runId, String key, Class<T> type) {
    return Optional.ofNullable(RUNS.getOrDefault(runId, Map.of()).get(key)).map(type::cast);
  }

  /** Closes all resources of a run; the first error is thrown after all were closed. */
  public static void closeAll(String runId) throws Exception {
    Map<String, AutoCloseable> resources = RUNS.remove(runId);
    Exception first = null;
    for (AutoCloseable resource :
        resources == null ? Map.<String, AutoCloseable>of().values() : resources.values()) {
      try {
        resource.close();
      } catch (Exception e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
