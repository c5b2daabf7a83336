package io.tributary.connector.files;

import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.format.PlainJson;
import io.tributary.row.format.TypeDetection;
import io.tributary.spec.Code;
import io.tributary.spec.Problems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the schema of a set of files by reading all of them. Not thread-safe. */
final class SchemaDetection {
  private final FilesParameters parameters;
  private final Problems problems;
  private final CsvNulls nulls;
  private final TypeDetection objects = new TypeDetection();
  private final List<TypeDetection> columns = new ArrayList<>();
  private List<String> names = List.of();
  private @Nullable String firstFile;

  SchemaDetection(FilesParameters parameters, Problems problems) {
    this.parameters = parameters;
    this.problems = problems;
    this.nulls = new CsvNulls(parameters.nullValues());
  }

  /** The narrowest schema for all rows of all files; null after reporting why there is none. */
  @Nullable Schema detect(List<SourceFile> files) {
    int errors = problems.errors();
    for (SourceFile file : files) {
      try {
        switch (file.format()) {
          case CSV -> readCsv(file.path());
          case NDJSON -> readJson(file.path());
          case PARQUET, AVRO -> throw new IllegalStateException(file + " has a schema of its own");
        }
      } catch (IOException e) {
        problems.error(Code.TR216, String.valueOf(e.getMessage()), null);
      }
    }
    if (problems.errors() > errors) {
      return null;
    }
    return schema(files.get(0).format());
  }

  private void readCsv(String path) throws IOException {
    try (CsvRecords records = new CsvRecords(path, parameters)) {
      if (parameters.header() && !isSameHeader(path, records.names())) {
        return;
      }
      int[] columnOf = new int[names.size()];
      for (int cell = 0; cell < columnOf.length; cell++) {
        columnOf[cell] =
            parameters.header() ? CsvHeader.find(names, records.names().get(cell)) : cell;
      }
      List<Type> before = columns.stream().map(TypeDetection::type).toList();
      while (records.next(columns.size())) {
        if (columns.isEmpty()) {
          columnOf = unnamedColumns(path, records.cells().size());
        }
        addCells(records.cells(), columnOf);
      }
      reportTexts(path, before);
    }
  }

  /** A column of numbers or dates that becomes text in one file is most often a mistake in it. */
  private void reportTexts(String path, List<Type> before) {
    for (int i = 0; i < before.size(); i++) {
      if (!before.get(i).equals(Type.STRING) && columns.get(i).type().equals(Type.STRING)) {
        problems.warning(
            Code.TR202,
            "column `"
                + names.get(i)
                + "` is "
                + before.get(i)
                + " in the files from "
                + firstFile
                + " on, but not in "
                + path
                + "; it is read as STRING",
            "give a `schema` to reject rows of another type");
      }
    }
  }

  /** Without a header the first record of the first file says how many columns there are. */
  private int[] unnamedColumns(String path, int count) {
    int[] columnOf = new int[count];
    names = new ArrayList<>();
    firstFile = path;
    for (int i = 0; i < count; i++) {
      names.add("column_" + (i + 1));
      columns.add(new TypeDetection());
      columnOf[i] = i;
    }
    return columnOf;
  }

  private void addCells(CsvRecords.Cells cells, int[] columnOf) {
    if (cells.size() != columnOf.length) {
      return; // not a row: it will be rejected when it is read
    }
    for (int cell = 0; cell < columnOf.length; cell++) {
      // an empty cell in quotes is a text in a column of texts, and NULL in any other
      if (!nulls.isNull(cells, cell) && !cells.isEmpty(cell)) {
        columns.get(columnOf[cell]).addCell(cells.characters(), cells.from(cell), cells.to(cell));
      }
    }
  }

  private boolean isSameHeader(String path, List<String> header) {
    if (header.isEmpty()) {
      return false; // an empty file has no rows either
    }
    if (firstFile == null) {
      firstFile = path;
      names = header;
      header.forEach(name -> columns.add(new TypeDetection()));
      return CsvHeader.isUnique(path, header, problems);
    }
    return CsvHeader.isSame(path, header, names, firstFile, problems);
  }

  private void readJson(String path) throws IOException {
    try (JsonLines lines =
        new JsonLines(path, TextSource.open(path, parameters.compression().of(path)), 0)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        object(line).ifPresent(object -> objects.add(object, true));
      }
    }
  }

  private static Optional<Map<?, ?>> object(String line) {
    try {
      return PlainJson.parse(line) instanceof Map<?, ?> object
          ? Optional.of(object)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // not a row: it will be rejected when it is read
    }
  }

  private @Nullable Schema schema(FileFormat format) {
    if (format == FileFormat.NDJSON) {
      Type type = objects.type();
      if (type.kind() == Type.Kind.RECORD) {
        return type.recordFields();
      }
    } else if (!names.isEmpty()) {
      List<Column> found = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        found.add(Column.nullable(names.get(i), columns.get(i).type()));
      }
      return Schema.of(found);
    }
    problems.error(
        Code.TR216,
        format == FileFormat.NDJSON
            ? "no columns can be found: there is no JSON object, or the objects have no common"
                + " columns (keys that are empty, differ in case only, or are too many)"
            : "no columns can be found: every file is empty",
        "give a `schema`");
    return null;
  }
}
