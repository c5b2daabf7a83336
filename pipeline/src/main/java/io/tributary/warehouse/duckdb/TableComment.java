package io.tributary.warehouse.duckdb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.row.Column;
import io.tributary.row.Type;
import io.tributary.warehouse.TableWrite;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a table's comment keeps: its description, and on a last line {@code tributary: {…}} the
 * project it belongs to and the options that only BigQuery can honour. Immutable.
 *
 * @param options as JSON; with {@code project} when there is one
 */
record TableComment(String description, ObjectNode options) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MARK = "tributary: ";
  private static final Pattern TYPE_NOTE =
      Pattern.compile("(?s)\\[(BIGNUMERIC(?:\\(\\d+,\\d+\\))?|GEOGRAPHY)] ?(.*)");

  /** The comment of a table that is made for a write. */
  static TableComment of(TableWrite write) {
    ObjectNode options = JSON.createObjectNode();
    if (write.table().project() != null) {
      options.put("project", write.table().project());
    }
    if (write.partitioning() != null) {
      options.put(
          "partitioning", write.partitioning().granularity().name().toLowerCase(Locale.ROOT));
      options.put("partitioning_field", write.partitioning().column());
    }
    if (!write.clustering().isEmpty()) {
      write.clustering().forEach(options.putArray("clustering")::add);
    }
    if (!write.labels().isEmpty()) {
      new TreeMap<>(write.labels()).forEach(options.putObject("labels")::put);
    }
    if (write.expiration() != null) {
      options.put("expiration", write.expiration().toString());
    }
    if (write.requirePartitionFilter()) {
      options.put("require_partition_filter", true);
    }
    return new TableComment(write.description() == null ? "" : write.description(), options);
  }

  static TableComment parse(@Nullable String comment) {
    String text = comment == null ? "" : comment;
    int mark = text.startsWith(MARK) ? 0 : text.lastIndexOf("\n" + MARK) + 1;
    if (text.startsWith(MARK, mark)) {
      try {
        JsonNode options = JSON.readTree(text.substring(mark + MARK.length()));
        if (options instanceof ObjectNode object) {
          return new TableComment(text.substring(0, mark).strip(), object);
        }
      } catch (JsonProcessingException e) {
        return new TableComment(text, JSON.createObjectNode()); // a user's own text
      }
    }
    return new TableComment(text, JSON.createObjectNode());
  }

  @Nullable String project() {
    return options.path("project").asText(null);
  }

  TableComment withProject(String project) {
    ObjectNode changed = options.deepCopy();
    changed.put("project", project);
    return new TableComment(description, changed);
  }

  /** The names of the options besides the project. */
  List<String> optionNames() {
    return options
        .propertyStream()
        .map(java.util.Map.Entry::getKey)
        .filter(name -> !name.equals("project"))
        .toList();
  }

  /** The text of the comment; empty when there is nothing to say. */
  String text() {
    String line = options.isEmpty() ? "" : MARK + options;
    return description.isEmpty() || line.isEmpty() ? description + line : description + "\n" + line;
  }

  /** The comment of a column: a note of the type that DuckDB's does not tell, and a description. */
  static String ofColumn(Column column) {
    String note = DuckDbTypes.isNoted(column.type()) ? "[" + column.type() + "] " : "";
    return (note + (column.description() == null ? "" : column.description())).strip();
  }

  /** The column that DuckDB's type and a comment made by {@link #ofColumn} stand for. */
  static Column column(String name, Type type, boolean nullable, @Nullable String comment) {
    Matcher note = TYPE_NOTE.matcher(comment == null ? "" : comment);
    if (type.kind() == Type.Kind.STRING && note.matches()) {
      String description = note.group(2).isEmpty() ? null : note.group(2);
      return new Column(name, Type.parse(note.group(1)), nullable, description);
    }
    return new Column(name, type, nullable, comment == null || comment.isEmpty() ? null : comment);
  }
}
