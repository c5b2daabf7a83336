package io.tributary.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one process took.
 *
 * @param cpu of the process, both user and system
 * @param peakMegabytes resident memory at its highest; 0 where the system does not tell
 */
record Measured(Duration wall, Duration cpu, long peakMegabytes) {

  /**
   * Runs a command to its end.
   *
   * @throws IOException when it does not end well; its output is in {@code log}
   */
  static Measured run(List<String> command, Path log) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    long peak = 0;
    Duration cpu = Duration.ZERO;
    while (process.isAlive()) {
      peak = Math.max(peak, peak(process.pid()));
      cpu = process.info().totalCpuDuration().orElse(cpu);
      Thread.sleep(20);
    }
    if (process.exitValue() != 0) {
      throw new IOException(
          command + " ended with " + process.exitValue() + ":\n" + Files.readString(log));
    }
    return new Measured(Duration.ofNanos(System.nanoTime() - start), cpu, peak);
  }

  private static long peak(long pid) {
    Path status = Path.of("/proc/" + pid + "/status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0; // ended in between, or a system without /proc
    }
  }
}
