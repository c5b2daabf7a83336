package io.tributary.transform.filter;

import io.tributary.module.ModuleProvider;
import io.tributary.module.ModuleType;
import java.util.List;

/** The transform {@code filter}. */
public final class FilterModule implements ModuleProvider {
  @Override
  public List<ModuleType<?, ?>> modules() {
    return List.of(new ModuleType<>(FilterTransform.SPEC, FilterTransform::new));
  }
}
