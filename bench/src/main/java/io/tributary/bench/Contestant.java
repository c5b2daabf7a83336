package io.tributary.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * One way to do the job, as a process that is started afresh each time.
 *
 * @param command which leaves its rows at {@code output}, a file or a folder
 */
record Contestant(String name, List<String> command, Path output, Check check) {

  /** Looks at the output without the help of whoever wrote it. */
  @FunctionalInterface
  interface Check {
    /** How many rows there are at a path. */
    long rows(Path output) throws Exception;
  }
}
