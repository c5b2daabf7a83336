package io.tributary.config;

import io.tributary.config.Node.Entry;
import io.tributary.config.Node.Mapping;
import io.tributary.config.Node.Scalar;
import io.tributary.config.Node.Sequence;
import java.util.IdentityHashMap;
import java.util.Map;

/** The texts of a document's values, with references replaced, each looked at once. */
final class Values {
  private final References references;
  private final Map<Scalar, Resolved> resolved = new IdentityHashMap<>();
  private final Map<Scalar, MappedText> files = new IdentityHashMap<>();

  Values(References references) {
    this.references = references;
  }

  Resolved resolve(Scalar scalar) {
    Resolved known = resolved.get(scalar);
    if (known == null) {
      known = references.resolve(ScalarLayout.of(scalar));
      resolved.put(scalar, known);
    }
    return known;
  }

  /** Replaces the references in the text of a file, which from now on is a value's text. */
  Resolved resolveFile(Scalar path, SourceText content) {
    Resolved text = references.resolve(MappedText.of(content));
    files.put(path, text.text());
    return text;
  }

  /** The text that offsets of problems count in. */
  MappedText text(Scalar scalar) {
    MappedText file = files.get(scalar);
    return file == null ? resolve(scalar).text() : file;
  }

  /** Resolves all values below a node, so that every wrong reference is reported. */
  void resolveAll(Node node) {
    if (node instanceof Scalar scalar) {
      resolve(scalar);
    } else if (node instanceof Sequence sequence) {
      sequence.items().forEach(this::resolveAll);
    } else if (node instanceof Mapping mapping) {
      mapping.entries().values().forEach(entry -> resolveAll(entry.value()));
    }
  }

  /** Whether all variables below a node have values. */
  boolean isKnown(Node node) {
    if (node instanceof Scalar scalar) {
      return resolve(scalar).isKnown();
    }
    if (node instanceof Sequence sequence) {
      return sequence.items().stream().allMatch(this::isKnown);
    }
    return ((Mapping) node).entries().values().stream().map(Entry::value).allMatch(this::isKnown);
  }
}
