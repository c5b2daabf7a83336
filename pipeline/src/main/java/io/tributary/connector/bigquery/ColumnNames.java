package io.tributary.connector.bigquery;

import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.Type.Kind;
import io.tributary.spec.Code;
import io.tributary.spec.Problems;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of column names that BigQuery does not allow. Source: BigQuery docs, "Specifying a
 * schema", column names and flexible column names.
 */
enum ColumnNames {
  /** They are reported. */
  STRICT,
  /** They are changed. */
  SAFE;

  private static final int LONGEST = 300;
  private static final Pattern ALLOWED =
      Pattern.compile("[\\p{L}_][\\p{L}\\p{M}\\p{N}\\p{Pc}\\p{Pd}&%=+:'<>#| \\t]*");
  private static final Pattern UNSAFE = Pattern.compile("[^\\p{L}\\p{M}\\p{N}_]+");
  private static final List<String> RESERVED =
      List.of(
          "_TABLE_",
          "_FILE_",
          "_PARTITION",
          "_ROW_TIMESTAMP",
          "__ROOT__",
          "_COLIDENTIFIER",
          "_CHANGE_SEQUENCE_NUMBER",
          "_CHANGE_TYPE",
          "_CHANGE_TIMESTAMP");

  /** The schema with names as the table has them. */
  Schema apply(Schema schema) {
    return this == STRICT ? schema : safe(schema);
  }

  private static Schema safe(Schema schema) {
    Set<String> taken = new HashSet<>();
    List<Column> columns = new ArrayList<>();
    for (Column column : schema.columns()) {
      String name = unique(safe(column.name()), taken);
      columns.add(column.withName(name).withType(safe(column.type())));
    }
    return Schema.of(columns);
  }

  private static Type safe(Type type) {
    return switch (type.kind()) {
      case RECORD -> Type.record(safe(type.recordFields()));
      case ARRAY -> Type.array(safe(type.elementType()));
      default -> type;
    };
  }

  private static String safe(String name) {
    String safe = UNSAFE.matcher(Normalizer.normalize(name, Normalizer.Form.NFKC)).replaceAll("_");
    if (safe.isEmpty() || !ALLOWED.matcher(safe).matches()) {
      safe = "_" + safe;
    }
    if (reservedPrefix(safe) != null) {
      safe = "c" + safe;
    }
    return shortened(safe, LONGEST);
  }

  private static String shortened(String name, int length) {
    return name.length() <= length ? name : name.substring(0, length);
  }

  private static String unique(String name, Set<String> taken) {
    String candidate = name;
    for (int i = 1; !taken.add(candidate.toLowerCase(Locale.ROOT)); i++) {
      String suffix = "_" + i;
      candidate = shortened(name, LONGEST - suffix.length()) + suffix;
    }
    return candidate;
  }

  private static @Nullable String reservedPrefix(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return RESERVED.stream().filter(upper::startsWith).findFirst().orElse(null);
  }

  /** Reports each name that BigQuery does not allow, also inside records. */
  static void check(Schema schema, Problems problems) {
    check(schema, "", problems);
  }

  private static void check(Schema schema, String above, Problems problems) {
    for (Column column : schema.columns()) {
      String reason = refusal(column.name());
      if (reason != null) {
        problems.error(
            Code.TR213,
            "column name `" + above + column.name() + "` " + reason,
            "rename the column to `"
                + safe(column.name())
                + "` in a select transform, or set `column_names: safe`");
      }
      Type type = column.type().kind() == Kind.ARRAY ? column.type().elementType() : column.type();
      if (type.kind() == Kind.RECORD) {
        check(type.recordFields(), above + column.name() + ".", problems);
      }
    }
  }

  private static @Nullable String refusal(String name) {
    if (name.length() > LONGEST) {
      return "is longer than " + LONGEST + " characters";
    }
    if (!ALLOWED.matcher(name).matches()) {
      return "is not allowed by BigQuery: a name begins with a letter or `_`, and has none of"
          + " !\"$()*,./;?@[\\]^`{}~";
    }
    String prefix = reservedPrefix(name);
    return prefix == null ? null : "begins with `" + prefix + "`, which BigQuery reserves";
  }
}
