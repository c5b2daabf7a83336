package io.tributary.run;

import io.tributary.spec.Code;
import io.tributary.warehouse.CursorMove;
import io.tributary.warehouse.Drift;
import io.tributary.warehouse.PublishedTable;
import io.tributary.warehouse.RunStatus;
import io.tributary.warehouse.StepCount;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run did, whatever its end.
 *
 * @param config its name
 * @param warehouse its address
 * @param warehouseName how people call it
 * @param drift what was changed in the columns of tables, and differences met for the first time
 * @param files what sinks of files put in place
 * @param cursors what each sink took of each incremental source, and where it goes on
 * @param notes what a user should know besides, such as how consistent the read was
 * @param error null when it succeeded
 */
public record RunReport(
    String runId,
    String config,
    RunStatus status,
    Instant startedAt,
    Instant finishedAt,
    String runner,
    String warehouse,
    String warehouseName,
    List<StepCount> steps,
    List<PublishedTable> tables,
    List<Drift> drift,
    List<DeliveredFiles> files,
    List<CursorMove> cursors,
    List<String> notes,
    @Nullable Failure error) {

  /** The files of one sink. */
  public record DeliveredFiles(String sink, String destination, int count) {}

  /**
   * Why a run failed.
   *
   * @param step of the config, if one is to blame
   * @param line of that step in the config, or 0
   * @param cause for {@code --debug}
   */
  public record Failure(
      Code code, String message, @Nullable String step, int line, @Nullable Throwable cause) {}

  public RunReport {
    steps = List.copyOf(steps);
    tables = List.copyOf(tables);
    drift = List.copyOf(drift);
    files = List.copyOf(files);
    cursors = List.copyOf(cursors);
    notes = List.copyOf(notes);
  }

  /** Rows rejected by all steps. */
  public long rejected() {
    return steps.stream().mapToLong(StepCount::rejected).sum();
  }

  /** The exit code of the contract. */
  public int exitCode() {
    return switch (status) {
      case SUCCEEDED -> 0;
      case REJECTED_ROWS -> 4;
      case INTERRUPTED -> 130;
      case FAILED, RUNNING -> error != null && error.code() == Code.TR301 ? 1 : 3;
    };
  }
}
