package io.tributary.connector.files;

import io.tributary.module.ModuleProvider;
import io.tributary.module.ModuleType;
import java.util.List;

/** The source and the sink {@code files}. */
public final class FilesModule implements ModuleProvider {
  @Override
  public List<ModuleType<?, ?>> modules() {
    return List.of(
        new ModuleType<>(FilesSource.SPEC, FilesSource::new),
        new ModuleType<>(FilesSink.SPEC, FilesSink::new));
  }
}
