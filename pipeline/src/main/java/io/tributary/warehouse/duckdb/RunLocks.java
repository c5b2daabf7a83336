package io.tributary.warehouse.duckdb;

import io.tributary.failure.TransientException;
import io.tributary.warehouse.Warehouse.RunLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The locks of configs: a file each, in a folder beside the warehouse. Files are looked at and
 * changed only by whoever holds the operating system's lock on the file {@code guard}, which the
 * system itself gives up when a process dies; so of two runs that find a dead run's lock exactly
 * one gets it. Thread-safe.
 */
final class RunLocks {
  private static final Logger LOG = LoggerFactory.getLogger(RunLocks.class);
  private static final Duration RENEWAL = Duration.ofMinutes(1);
  private static final String ENDING = ".lock";

  /** Threads of one process do not lock each other out by a file lock. */
  private static final ReentrantLock THIS_PROCESS = new ReentrantLock();

  private final Path folder;
  private final Clock clock;

  RunLocks(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  @FunctionalInterface
  private interface Guarded<T> {
    T run() throws IOException;
  }

  private <T> T guarded(Guarded<T> work) {
    THIS_PROCESS.lock();
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("guard"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock guard = channel.lock()) {
        if (!guard.isValid()) {
          throw new IOException("the lock on " + folder.resolve("guard") + " was lost");
        }
        return work.run();
      }
    } catch (IOException e) {
      throw new TransientException("locks in " + folder + ": " + e.getMessage(), e);
    } finally {
      THIS_PROCESS.unlock();
    }
  }

  /** Takes the lock of a config; empty when a living run holds it. */
  Optional<RunLock> tryLock(String config, String runId) {
    Path file = file(config);
    LockFile mine = LockFile.ofThisProcess(config, runId, clock.instant());
    boolean taken =
        guarded(
            () -> {
              Optional<LockFile> holder = LockFile.read(file);
              if (holder.isPresent() && holder.get().isAlive(clock.instant())) {
                return false;
              }
              mine.write(file);
              return true;
            });
    return taken ? Optional.of(new Held(file, mine)) : Optional.empty();
  }

  /** The living run that holds the lock of a config. */
  Optional<LockFile> holder(String config) {
    return guarded(() -> LockFile.read(file(config)))
        .filter(holder -> holder.isAlive(clock.instant()));
  }

  /** The ids of all runs that hold a lock and can still be going on. */
  List<String> livingRuns() {
    return guarded(
        () -> {
          List<String> living = new ArrayList<>();
          for (Path file : files()) {
            LockFile.read(file)
                .filter(lock -> lock.isAlive(clock.instant()))
                .ifPresent(lock -> living.add(lock.runId()));
          }
          return living;
        });
  }

  /** Removes the locks of dead runs. */
  void removeDead() {
    guarded(
        () -> {
          Instant now = clock.instant();
          for (Path file : files()) {
            if (LockFile.read(file).filter(lock -> lock.isAlive(now)).isEmpty()) {
              Files.deleteIfExists(file);
            }
          }
          return null;
        });
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "*" + ENDING)) {
      stream.forEach(files::add);
    }
    return files;
  }

  private Path file(String config) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(config.getBytes(StandardCharsets.UTF_8));
      return folder.resolve(HexFormat.of().formatHex(hash) + ENDING);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  /** A lock of this process, with the thread that renews its lease. */
  private final class Held implements RunLock {
    private final Path file;
    private final LockFile mine;
    private final ScheduledExecutorService renewal;
    private final AtomicBoolean closed = new AtomicBoolean();

    Held(Path file, LockFile mine) {
      this.file = file;
      this.mine = mine;
      this.renewal =
          new ScheduledThreadPoolExecutor(
              1,
              work -> {
                Thread thread = new Thread(work, "tributary-lease-" + mine.runId());
                thread.setDaemon(true);
                return thread;
              });
      renewal.scheduleWithFixedDelay(
          this::renew, RENEWAL.toMillis(), RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void renew() {
      try {
        guarded(
            () -> {
              if (isMine()) {
                mine.renewed(clock.instant()).write(file);
              }
              return null;
            });
      } catch (TransientException | UncheckedIOException e) {
        LOG.warn("lease not renewed run={} file={}: {}", mine.runId(), file, e.getMessage());
      }
    }

    private boolean isMine() throws IOException {
      return LockFile.read(file)
          .filter(
              lock ->
                  lock.runId().equals(mine.runId())
                      && lock.pid() == mine.pid()
                      && lock.host().equals(mine.host()))
          .isPresent();
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        renewal.shutdownNow();
        guarded(() -> isMine() && Files.deleteIfExists(file));
      }
    }
  }
}
