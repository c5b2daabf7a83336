package io.tributary.config;

import io.tributary.config.Node.Entry;
import io.tributary.config.Node.Mapping;
import io.tributary.config.Node.Scalar;
import io.tributary.config.Node.Sequence;
import io.tributary.spec.Code;
import io.tributary.spec.Problems;
import io.tributary.spec.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reports at places of a document. A key that is not there stands for the map in which it would be;
 * an index into a single value for the value.
 */
final class DocumentProblems implements Problems {
  private final Reporter reporter;
  private final Values values;
  private final Node node;
  private final @Nullable Scalar key;
  private final boolean exact;
  private final @Nullable Extent part;
  private final @Nullable MappedText file;

  DocumentProblems(Reporter reporter, Values values, Node node) {
    this(reporter, values, node, null, true, null, null);
  }

  private DocumentProblems(
      Reporter reporter,
      Values values,
      Node node,
      @Nullable Scalar key,
      boolean exact,
      @Nullable Extent part,
      @Nullable MappedText file) {
    this.reporter = reporter;
    this.values = values;
    this.node = node;
    this.key = key;
    this.exact = exact;
    this.part = part;
    this.file = file;
  }

  @Override
  public Problems at(Object step) {
    if (exact && node instanceof Mapping mapping) {
      Entry entry = mapping.entries().get(String.valueOf(step));
      if (entry != null) {
        return new DocumentProblems(reporter, values, entry.value(), entry.key(), true, null, null);
      }
      return new DocumentProblems(reporter, values, node, key, false, null, null);
    }
    if (exact && node instanceof Sequence sequence && step instanceof Integer index) {
      boolean there = index >= 0 && index < sequence.items().size();
      Node item = there ? sequence.items().get(index) : node;
      return new DocumentProblems(reporter, values, item, key, there, null, null);
    }
    return this;
  }

  @Override
  public Problems within(int offset, int length) {
    if (file != null) {
      return new DocumentProblems(
          reporter, values, node, key, exact, file.extent(offset, length), file);
    }
    if (!exact || !(node instanceof Scalar scalar)) {
      return this;
    }
    MappedText text = values.text(scalar);
    if (text.text().isEmpty()) {
      return this; // of an empty text, there is only its place
    }
    Extent extent = text.extent(offset, length);
    return new DocumentProblems(reporter, values, node, key, true, extent, null);
  }

  @Override
  public Problems inFile(String file, String text) {
    String config = node.extent().source().file();
    String folder = config.substring(0, config.lastIndexOf('/') + 1);
    boolean absolute = file.startsWith("/") || file.contains("://");
    SourceText source = new SourceText(absolute ? file : folder + file, text);
    return new DocumentProblems(
        reporter, values, node, key, exact, new Extent(source, 0, 0), MappedText.of(source));
  }

  @Override
  public Problems onKey() {
    return key == null || !exact
        ? this
        : new DocumentProblems(reporter, values, key, key, true, null, null);
  }

  @Override
  public void report(Severity severity, Code code, String message, @Nullable String fix) {
    reporter.report(severity, code, part == null ? node.extent() : part, message, fix);
  }

  @Override
  public void replaceable(Severity severity, Code code, String message, String replacement) {
    if (part != null) {
      reporter.replaceable(severity, code, part, message, part, replacement, List.of());
    } else if (exact && node instanceof Scalar scalar && !scalar.isBlock()) {
      reporter.replaceable(
          severity, code, node.extent(), message, scalar.inner(), replacement, List.of());
    } else {
      report(severity, code, message, "did you mean `" + replacement + "`?");
    }
  }

  @Override
  public int errors() {
    return reporter.diagnostics().errors();
  }
}
