package io.tributary.run;

import io.tributary.compile.RunProgress;
import io.tributary.failure.PermanentException;
import io.tributary.failure.RunException;
import java.util.function.Consumer;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Runs a pipeline in this process with Beam's DirectRunner. */
final class DirectPipeline {
  private DirectPipeline() {}

  /**
   * Begins to load Beam on a thread of its own, while the plan is made: looking through the
   * interfaces of its options takes it some tenths of a second the first time.
   */
  static void prepare() {
    Thread loading = new Thread(DirectPipeline::options, "tributary-beam");
    loading.setDaemon(true);
    loading.start();
  }

  private static DirectOptions options() {
    return PipelineOptionsFactory.create().as(DirectOptions.class);
  }

  /**
   * Builds and runs a pipeline to its end.
   *
   * @param progress of the run, through which a step can have the machine to itself
   * @throws RunException what a step threw, or, for anything else that it threw, a
   *     PermanentException with that as its cause
   */
  static void run(Consumer<Pipeline> steps, RunProgress progress) {
    DirectOptions options = options();
    options.setRunner(DirectRunner.class);
    options.setBlockOnRun(false); // its workers are needed before it has ended
    options.setTargetParallelism(Math.max(2, Runtime.getRuntime().availableProcessors()));
    // both clone every element; splits and completion records are immutable records
    options.setEnforceImmutability(false);
    options.setEnforceEncodability(false);
    Pipeline pipeline = Pipeline.create(options);
    steps.accept(pipeline);
    try {
      PipelineResult running = pipeline.run();
      DirectWorkers.of(running).ifPresent(progress::workers);
      running.waitUntilFinish();
    } catch (Pipeline.PipelineExecutionException e) {
      throw unwrapped(e);
    }
  }

  /**
   * The failure that a step of ours threw, if that is among the causes; else a PermanentException
   * that names the innermost one.
   */
  static RunException unwrapped(RuntimeException thrown) {
    Throwable cause = thrown;
    while (cause != null) {
      if (cause instanceof RunException known) {
        return known;
      }
      if (cause.getCause() == null) {
        break;
      }
      cause = cause.getCause();
    }
    return new PermanentException(
        "unexpected error: " + cause + " (run with --debug for its trace)", thrown);
  }
}
