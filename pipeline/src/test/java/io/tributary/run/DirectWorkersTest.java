package io.tributary.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.tributary.compile.Workers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.ParDo;
import org.junit.jupiter.api.Test;

class DirectWorkersTest {
  private static final long DEADLINE_SECONDS = 60;
  private static final CountDownLatch begun = new CountDownLatch(1);
  private static final CountDownLatch released = new CountDownLatch(1);

  private static final class Busy extends DoFn<byte[], Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void work() throws InterruptedException {
      begun.countDown();
      released.await(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Test
  void whileOneWorkerHasTheMachineTheOthersAreGoneAndAfterwardsThePipelineEnds() throws Exception {
    DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
    options.setRunner(DirectRunner.class);
    options.setBlockOnRun(false);
    options.setTargetParallelism(2);
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply(Impulse.create()).apply(ParDo.of(new Busy()));
    PipelineResult running = pipeline.run();
    begun.await(DEADLINE_SECONDS, TimeUnit.SECONDS);

    Workers workers = DirectWorkers.of(running).orElseThrow();
    workers.rest();
    boolean alone = awaitWorkers(1);
    workers.resume();
    released.countDown();

    assertThat(alone, is(true));
    assertThat(running.waitUntilFinish(), is(PipelineResult.State.DONE));
  }

  private static boolean awaitWorkers(int count) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (workers() != count) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }

  private static long workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("direct-runner-worker"))
        .filter(Thread::isAlive)
        .count();
  }
}
