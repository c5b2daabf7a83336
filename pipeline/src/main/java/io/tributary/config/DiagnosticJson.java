package io.tributary.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.config.ConfigLoader.Loaded;
import java.util.Collection;

/** Writes diagnostics as the JSON that scripts and editors read. */
public final class DiagnosticJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private DiagnosticJson() {}

  /** All diagnostics of some files, by file, with their counts. */
  public static String of(Collection<Loaded> files) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode list = root.putArray("files");
    int errors = 0;
    int warnings = 0;
    for (Loaded file : files) {
      ObjectNode entry = list.addObject().put("file", file.file());
      ArrayNode diagnostics = entry.putArray("diagnostics");
      file.diagnostics().all().forEach(diagnostic -> diagnostics.add(node(diagnostic)));
      errors += file.diagnostics().errors();
      warnings += file.diagnostics().warnings();
    }
    return root.put("errors", errors).put("warnings", warnings).toPrettyString();
  }

  /** One diagnostic, as it stands in the lists of other outputs, too. */
  public static ObjectNode node(Diagnostic diagnostic) {
    ObjectNode node = JSON.createObjectNode();
    node.put("code", diagnostic.code().name());
    node.put("severity", diagnostic.severity().toString());
    node.put("file", diagnostic.span().file());
    place(node, diagnostic.span());
    node.put("message", diagnostic.message());
    node.put("fix", diagnostic.fix());
    ArrayNode replacements = node.putArray("replacements");
    diagnostic
        .replacements()
        .forEach(
            replacement ->
                place(replacements.addObject(), replacement.span())
                    .put("text", replacement.text()));
    return node;
  }

  private static ObjectNode place(ObjectNode node, Span span) {
    return node.put("line", span.line())
        .put("column", span.column())
        .put("endLine", span.endLine())
        .put("endColumn", span.endColumn());
  }
}
