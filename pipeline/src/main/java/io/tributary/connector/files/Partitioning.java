package io.tributary.connector.files;

import io.tributary.row.Column;
import io.tributary.row.Row;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.format.CellText;
import io.tributary.row.format.RowJson;
import io.tributary.spec.Code;
import io.tributary.spec.Problems;
import io.tributary.spec.Suggestions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Which folder a row belongs to: one level {@code column=value} for each partition column, as in
 * Hive. A value is its text in CSV, with all but ASCII letters, digits, {@code -}, {@code _},
 * {@code .} and {@code ~} as percent and two hexadecimal digits per byte; NULL is {@code
 * __HIVE_DEFAULT_PARTITION__}. Stateless.
 */
final class Partitioning {
  private static final String NULL = "__HIVE_DEFAULT_PARTITION__";
  private static final String PLAIN = "-_.~";

  /** A file system allows 255 bytes for the name of a folder. */
  private static final int MOST_BYTES = 255;

  private static final String[] ENCODED =
      IntStream.range(0, 256)
          .mapToObj(b -> String.format(Locale.ROOT, "%%%02X", b))
          .toArray(String[]::new);

  private final Schema schema;
  private final CellText[] texts;
  private final int[] by;
  private final int[] kept;

  /**
   * @param names of columns that {@link #check} found to be right
   */
  Partitioning(Schema schema, List<String> names) {
    this.schema = schema;
    RowJson json = new RowJson(schema);
    this.texts =
        schema.columns().stream()
            .map(column -> CellText.of(column.type(), json))
            .toArray(CellText[]::new);
    this.by = names.stream().mapToInt(schema::position).toArray();
    this.kept =
        IntStream.range(0, schema.size())
            .filter(column -> IntStream.of(by).noneMatch(partition -> partition == column))
            .toArray();
  }

  /** Reports names that are no columns, and columns that make no folders. */
  static void check(Schema schema, List<String> names, Problems problems) {
    for (int i = 0; i < names.size(); i++) {
      Problems here = problems.at(i);
      String name = names.get(i);
      OptionalInt column = schema.find(name);
      if (column.isEmpty()) {
        here.error(
            Code.TR201,
            "column `" + name + "` does not exist",
            Suggestions.nearest(name, schema.names())
                .map(nearest -> "did you mean `" + nearest + "`?")
                .orElse("columns are: " + String.join(", ", schema.names())));
      } else if (!isAllowed(schema.type(column.getAsInt()))) {
        here.error(
            Code.TR214,
            "column `"
                + name
                + "` is "
                + schema.type(column.getAsInt())
                + ", which names no folder",
            "partition by a BOOL, whole number, decimal, text, date or time");
      }
      int position = i;
      if (IntStream.range(0, i).anyMatch(k -> names.get(k).equalsIgnoreCase(names.get(position)))) {
        here.error(Code.TR109, "column `" + name + "` is named twice", "remove one of them");
      }
    }
    if (names.size() == schema.size()) {
      problems.error(
          Code.TR214,
          "every column is a partition column, so that the files would have none",
          "leave one out");
    }
  }

  private static boolean isAllowed(Type type) {
    return switch (type.kind()) {
      case BOOL, INT64, NUMERIC, BIGNUMERIC, STRING, DATE, TIME, DATETIME, TIMESTAMP -> true;
      case FLOAT64, JSON, GEOGRAPHY, BYTES, RECORD, ARRAY -> false;
    };
  }

  /** The columns that are in the files: those that do not stand in the folders. */
  Schema fileSchema() {
    List<Column> columns = IntStream.of(kept).mapToObj(schema::column).toList();
    return Schema.of(columns);
  }

  /** Positions of the columns of {@link #fileSchema}. */
  int[] kept() {
    return kept.clone();
  }

  /**
   * The folder of a row, relative, such as {@code year=2024/country=pl}.
   *
   * @throws IllegalArgumentException when a value is too long for the name of a folder
   */
  String folder(Row row) {
    StringBuilder folder = new StringBuilder();
    for (int column : by) {
      String name = schema.column(column).name();
      int from = folder.length() + (folder.isEmpty() ? 0 : 1);
      folder.append(folder.isEmpty() ? "" : "/");
      encode(name, folder);
      folder.append('=');
      if (row.isNull(column)) {
        folder.append(NULL);
      } else {
        value(texts[column].of(row, column), folder);
      }
      if (folder.length() - from > MOST_BYTES) {
        throw new IllegalArgumentException(
            "a value of column `" + name + "` is too long for the name of a folder");
      }
    }
    return folder.toString();
  }

  private static void value(String text, StringBuilder out) {
    if (text.equals(NULL)) { // the text that stands for NULL is not NULL itself
      out.append(ENCODED['_']).append(NULL, 1, NULL.length());
    } else {
      encode(text, out);
    }
  }

  private static void encode(String text, StringBuilder out) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b > 0 && (Character.isLetterOrDigit(b) || PLAIN.indexOf(b) >= 0)) {
        out.append((char) b);
      } else {
        out.append(ENCODED[b & 0xFF]);
      }
    }
  }
}
