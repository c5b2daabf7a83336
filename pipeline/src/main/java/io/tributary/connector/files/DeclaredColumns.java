package io.tributary.connector.files;

import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.format.AvroContents;
import io.tributary.row.format.ParquetContents;
import io.tributary.spec.Code;
import io.tributary.spec.Problems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the schema of files that say their columns themselves, and checks that all of them say the
 * same. Every difference of every file is reported. Not thread-safe.
 */
final class DeclaredColumns {
  private final Problems problems;

  DeclaredColumns(Problems problems) {
    this.problems = problems;
  }

  /**
   * The columns of the first file; a column may be NULL when it may in any file. Null after
   * reporting why there is none.
   */
  @Nullable Schema common(List<SourceFile> files) {
    int errors = problems.errors();
    List<Column> common = null;
    String first = "";
    for (SourceFile file : files) {
      List<Column> columns = columns(file, null);
      if (columns == null) {
        continue;
      }
      if (common == null) {
        common = columns;
        first = file.path();
      } else if (CsvHeader.isSame(file.path(), names(columns), names(common), first, problems)) {
        common = merged(file.path(), columns, common, first);
      }
    }
    return common == null || problems.errors() > errors ? null : Schema.of(common);
  }

  /** Whether a file has the columns of a schema that was given; else says what is different. */
  boolean fit(SourceFile file, Schema schema) {
    List<Column> columns = columns(file, schema);
    return columns != null
        && CsvHeader.isSame(file.path(), names(columns), schema.names(), "`schema`", problems);
  }

  /**
   * The columns of a file, null after reporting those that cannot be read.
   *
   * @param wanted how they are to be read; null for their own types
   */
  private @Nullable List<Column> columns(SourceFile file, @Nullable Schema wanted) {
    try {
      Found found = found(file, wanted);
      for (String unreadable : found.unreadable()) {
        problems.error(
            wanted == null ? Code.TR208 : Code.TR202,
            file.path() + ": " + unreadable,
            wanted == null ? "leave the column out of the files" : null);
      }
      return found.unreadable().isEmpty() ? found.columns() : null;
    } catch (IOException e) {
      problems.error(Code.TR216, String.valueOf(e.getMessage()), null);
      return null;
    }
  }

  /** What a file says. */
  private record Found(List<Column> columns, List<String> unreadable) {}

  private static Found found(SourceFile file, @Nullable Schema wanted) throws IOException {
    if (file.format() == FileFormat.AVRO) {
      AvroContents contents = AvroContents.of(file.path(), wanted);
      return new Found(contents.columns(), contents.unreadable());
    }
    ParquetContents contents = ParquetContents.of(file.path(), wanted);
    return new Found(contents.columns(), contents.unreadable());
  }

  private List<Column> merged(
      String path, List<Column> columns, List<Column> common, String first) {
    List<Column> merged = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    for (Column expected : common) {
      Column found = columns.get(CsvHeader.find(names(columns), expected.name()));
      Optional<Type> both = both(expected.type(), found.type());
      if (both.isEmpty()) {
        differences.add(
            "`" + expected.name() + "` as " + found.type() + " instead of " + expected.type());
      }
      merged.add(
          new Column(
              expected.name(),
              both.orElse(expected.type()),
              expected.nullable() || found.nullable(),
              expected.description()));
    }
    if (!differences.isEmpty()) {
      problems.error(
          Code.TR202,
          path + " has " + String.join(", ", differences) + ", compared with " + first,
          "give a `schema` with types that hold the values of all files, or read these files by a"
              + " source of their own");
    }
    return merged;
  }

  /** The type that is both, when they differ in nothing but what may be NULL. */
  private static Optional<Type> both(Type one, Type other) {
    if (one.equals(other)) {
      return Optional.of(one);
    }
    if (one.element() != null && other.element() != null) {
      return both(one.elementType(), other.elementType()).map(Type::array);
    }
    if (one.fields() == null || other.fields() == null) {
      return Optional.empty();
    }
    Schema fields = one.recordFields();
    Schema others = other.recordFields();
    if (fields.size() != others.size()) {
      return Optional.empty();
    }
    List<Column> columns = new ArrayList<>();
    for (Column field : fields.columns()) {
      if (others.find(field.name()).isEmpty()) {
        return Optional.empty();
      }
      Column match = others.column(others.position(field.name()));
      Optional<Type> both = both(field.type(), match.type());
      if (both.isEmpty()) {
        return Optional.empty();
      }
      columns.add(new Column(field.name(), both.get(), field.nullable() || match.nullable(), null));
    }
    return Optional.of(Type.record(Schema.of(columns)));
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }
}
