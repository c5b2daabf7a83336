package io.tributary.connector.create;

import io.tributary.module.ModuleProvider;
import io.tributary.module.ModuleType;
import java.util.List;

/** The source {@code create}. */
public final class CreateModule implements ModuleProvider {
  @Override
  public List<ModuleType<?, ?>> modules() {
    return List.of(new ModuleType<>(CreateSource.SPEC, CreateSource::new));
  }
}
