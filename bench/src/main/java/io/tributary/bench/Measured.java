package io.tributary.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What one process took.
 *
 * @param cpu of the process and its children, both user and system
 * @param peakMegabytes resident memory at its highest; 0 where the system does not tell
 */
record Measured(Duration wall, Duration cpu, long peakMegabytes) {
  /** Clock ticks a second, in which Linux tells times: the same on every machine. */
  private static final long TICKS = 100;

  private static final int POLL_MILLIS = 20;

  /**
   * Runs a command to its end.
   *
   * @throws IOException when it does not end well; its output is in {@code log}
   */
  static Measured run(List<String> command, Path log) throws IOException, InterruptedException {
    long ticksBefore = ticksOfChildren();
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    long peak = 0;
    while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, peak(process.pid()));
    }
    Duration wall = Duration.ofNanos(System.nanoTime() - start);
    if (process.exitValue() != 0) {
      throw new IOException(
          command + " ended with " + process.exitValue() + ":\n" + Files.readString(log));
    }
    Duration cpu = Duration.ofMillis((ticksOfChildren() - ticksBefore) * 1000 / TICKS);
    return new Measured(wall, cpu, peak);
  }

  /** Each figure's median. */
  static Measured median(List<Measured> runs) {
    return new Measured(
        middle(runs.stream().map(Measured::wall).toList()),
        middle(runs.stream().map(Measured::cpu).toList()),
        middle(runs.stream().map(Measured::peakMegabytes).toList()));
  }

  private static <T extends Comparable<T>> T middle(List<T> all) {
    List<T> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.naturalOrder());
    return sorted.get(sorted.size() / 2);
  }

  private static long peak(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/status"))
          .lines()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0; // ended in between, or a system without /proc
    }
  }

  /** What all processes took that this one has started and that have ended; see proc(5). */
  private static long ticksOfChildren() {
    try {
      String stat = Files.readString(Path.of("/proc/self/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" "); // from field 3 on
      return Long.parseLong(fields[16 - 3]) + Long.parseLong(fields[17 - 3]);
    } catch (IOException e) {
      return 0; // a system without /proc
    }
  }
}
