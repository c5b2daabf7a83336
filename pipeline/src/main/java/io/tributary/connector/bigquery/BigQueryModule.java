package io.tributary.connector.bigquery;

import io.tributary.module.ModuleProvider;
import io.tributary.module.ModuleType;
import java.util.List;

/** The source and the table sink {@code bigquery}. */
public final class BigQueryModule implements ModuleProvider {
  @Override
  public List<ModuleType<?, ?>> modules() {
    return List.of(
        new ModuleType<>(BigQuerySource.SPEC, BigQuerySource::new),
        new ModuleType<>(BigQuerySink.SPEC, BigQuerySink::new));
  }
}
