package io.tributary.run;

import io.tributary.compile.Workers;
import java.lang.reflect.Field;
import java.util.Optional;
import java.util.concurrent.ThreadPoolExecutor;
import org.apache.beam.sdk.PipelineResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of the DirectRunner. A free one asks for work again and again without a pause, which
 * takes a processor from a step that could use all of them: two threads made a load into the
 * warehouse take half as long again. Beam has no option for it, so the pool is reached by
 * reflection; where Beam keeps it elsewhere, nothing rests and nothing else changes.
 */
final class DirectWorkers implements Workers {
  private static final Logger LOG = LoggerFactory.getLogger(DirectWorkers.class);

  private final ThreadPoolExecutor pool;
  private final int size;

  private DirectWorkers(ThreadPoolExecutor pool) {
    this.pool = pool;
    this.size = pool.getCorePoolSize();
  }

  /** The workers of a pipeline that was started; empty when they cannot be found. */
  static Optional<Workers> of(PipelineResult started) {
    try {
      Object executor = field(started, "executor");
      return Optional.of(
          new DirectWorkers((ThreadPoolExecutor) field(executor, "executorService")));
    } catch (ReflectiveOperationException | ClassCastException e) {
      LOG.debug("workers of the runner not found", e);
      return Optional.empty();
    }
  }

  private static Object field(Object of, String name) throws ReflectiveOperationException {
    Field field = of.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(of);
  }

  @Override
  public void rest() {
    pool.setCorePoolSize(1);
    pool.setMaximumPoolSize(1);
  }

  @Override
  public void resume() {
    pool.setMaximumPoolSize(size);
    pool.setCorePoolSize(size);
  }
}
