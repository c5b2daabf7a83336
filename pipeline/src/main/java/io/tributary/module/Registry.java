package io.tributary.module;

import io.tributary.spec.Catalog;
import io.tributary.spec.Spec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** All modules that are there. Immutable. */
public final class Registry implements Catalog {
  private final List<ModuleType<?, ?>> types;

  private Registry(List<ModuleType<?, ?>> types) {
    this.types = List.copyOf(types);
  }

  /** The modules that ServiceLoader finds. */
  public static Registry load() {
    List<ModuleType<?, ?>> types = new ArrayList<>();
    ServiceLoader.load(ModuleProvider.class).forEach(provider -> types.addAll(provider.modules()));
    types.sort(
        Comparator.<ModuleType<?, ?>, Spec.Kind>comparing(type -> type.spec().kind())
            .thenComparing(type -> type.spec().name()));
    return new Registry(types);
  }

  /** These modules and one more, which no config can name: it is known by its spec. */
  public Registry with(ModuleType<?, ?> more) {
    List<ModuleType<?, ?>> all = new ArrayList<>(types);
    all.add(more);
    return new Registry(all);
  }

  @Override
  public List<Spec<?>> all(Spec.Kind kind) {
    List<Spec<?>> specs = new ArrayList<>();
    types.stream()
        .filter(type -> type.spec().kind() == kind)
        .forEach(type -> specs.add(type.spec()));
    return specs;
  }

  public Source<?> source(Spec<?> spec, Object parameters) {
    return (Source<?>) create(spec, parameters);
  }

  public Transform transform(Spec<?> spec, Object parameters) {
    return (Transform) create(spec, parameters);
  }

  public Sink sink(Spec<?> spec, Object parameters) {
    return (Sink) create(spec, parameters);
  }

  @SuppressWarnings("unchecked") // a spec's parameters are made by the spec itself
  private Object create(Spec<?> spec, Object parameters) {
    for (ModuleType<?, ?> type : types) {
      if (type.spec().equals(spec)) {
        return ((ModuleType<Object, Object>) type).factory().apply(parameters);
      }
    }
    throw new IllegalStateException("no module for " + spec.kind() + " " + spec.name());
  }
}
