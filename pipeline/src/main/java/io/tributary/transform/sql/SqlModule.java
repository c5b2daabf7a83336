package io.tributary.transform.sql;

import io.tributary.module.ModuleProvider;
import io.tributary.module.ModuleType;
import java.util.List;

/** The transform {@code sql}. */
public final class SqlModule implements ModuleProvider {
  @Override
  public List<ModuleType<?, ?>> modules() {
    return List.of(new ModuleType<>(SqlTransform.SPEC, SqlTransform::new));
  }
}
