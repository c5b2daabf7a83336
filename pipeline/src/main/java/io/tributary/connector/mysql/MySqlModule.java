package io.tributary.connector.mysql;

import io.tributary.module.ModuleProvider;
import io.tributary.module.ModuleType;
import java.util.List;

/** Registers the source {@code mysql}. */
public final class MySqlModule implements ModuleProvider {
  @Override
  public List<ModuleType<?, ?>> modules() {
    return List.of(new ModuleType<>(MySqlParameters.SPEC, MySqlSource::new));
  }
}
