package io.tributary.transform.select;

import io.tributary.module.ModuleProvider;
import io.tributary.module.ModuleType;
import java.util.List;

/** The transform {@code select}. */
public final class SelectModule implements ModuleProvider {
  @Override
  public List<ModuleType<?, ?>> modules() {
    return List.of(new ModuleType<>(SelectTransform.SPEC, SelectTransform::new));
  }
}
