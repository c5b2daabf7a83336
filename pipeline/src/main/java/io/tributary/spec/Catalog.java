package io.tributary.spec;

import java.util.List;
import java.util.Optional;

/**
 * The specs of all modules that are there. Given to {@code config}, which does not look for modules
 * itself.
 */
public interface Catalog {

  /** All specs of a kind, by name. */
  List<Spec<?>> all(Spec.Kind kind);

  /** The spec with a name or an older name. */
  default Optional<Spec<?>> find(Spec.Kind kind, String name) {
    return all(kind).stream()
        .filter(spec -> spec.name().equals(name) || spec.aliases().contains(name))
        .findFirst();
  }
}
