package io.tributary.connector.files;

import io.tributary.failure.PermanentException;
import io.tributary.failure.TransientException;
import io.tributary.module.ReadContext;
import io.tributary.module.SchemaParameter;
import io.tributary.module.Source;
import io.tributary.module.SourceContext;
import io.tributary.row.RowReader;
import io.tributary.row.Schema;
import io.tributary.row.format.ParquetRowReader;
import io.tributary.spec.Arguments;
import io.tributary.spec.Code;
import io.tributary.spec.Field;
import io.tributary.spec.Problems;
import io.tributary.spec.Spec;
import io.tributary.storage.Storages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads CSV and NDJSON files, one split per file. Serializable. */
final class FilesSource implements Source<FileSplit> {
  private static final long serialVersionUID = 1L;
  private static final long SPLIT_BYTES = 64L << 20;
  private static final long SPLIT_ROWS = 1_000_000;

  static final Field<List<String>> PATH =
      Field.texts("path")
          .about(
              "Files to read: a path or a pattern with `*`, `?`, `**`, `{a,b}`, or a list of them."
                  + " Relative to the folder of the config.")
          .example("data/flights-*.csv.gz");
  static final Field<FileFormat> FORMAT =
      Field.word("format", FileFormat.class)
          .optional()
          .about(
              "How rows stand in the files. Default: by the ending (`.csv`, `.ndjson`, `.jsonl`) of"
                  + " each file.");
  static final Field<FileCompression> COMPRESSION =
      Field.word("compression", FileCompression.class)
          .byDefault(FileCompression.AUTO)
          .about(
              "How the files are compressed; `auto` goes by the ending (`.gz`, `.zst`) of each"
                  + " file.");
  static final Field<Boolean> HEADER =
      Field.bool("header")
          .byDefault(true)
          .about(
              "CSV: whether the first line of each file names its columns. Without one they are"
                  + " `column_1`, `column_2` …, or those of `schema`, in its order.");
  static final Field<Character> DELIMITER =
      character("delimiter", ',').about("CSV: the character between cells.").example(";");
  static final Field<Character> QUOTE =
      character("quote", '"')
          .about(
              "CSV: the character around cells that hold delimiters, quotes (doubled) or line"
                  + " breaks.");
  static final Field<List<String>> NULL_VALUES =
      Field.texts("null_values")
          .byDefault(List.of(""))
          .about(
              "CSV: cells without quotes that mean NULL. An empty cell in quotes is an empty text,"
                  + " and NULL where the column is not text.")
          .example(List.of("", "NA"));
  static final Field<SchemaParameter> SCHEMA =
      Field.<SchemaParameter>any(
              "schema",
              "auto, text, list of {name, type, mode}, or path of a .json file",
              (plain, problems) -> SchemaParameter.parse(plain, List.of("auto"), problems))
          .byDefault(SchemaParameter.of("auto"))
          .about(
              "The columns and their types. `auto` reads all files once and takes the narrowest"
                  + " type that holds every value.")
          .example("id:INT64, price:NUMERIC(12,2), at:TIMESTAMP");

  static final Spec<FilesParameters> SPEC =
      Spec.source("files")
          .summary("Reads CSV and NDJSON files, plain or compressed.")
          .details(
              """
              A file is read as a stream, in memory that does not grow with it; files are read in parallel.

              With `schema: auto` every row of every file is looked at first, so that a type never depends on a sample:
              - `true`, `false`: BOOL. Whole numbers: INT64, or NUMERIC(38,0) when one is larger. Numbers with a leading
                zero or a plus are STRING.
              - Numbers with a point: FLOAT64 when a double gives every one of them back as it was written, else NUMERIC.
              - `2024-01-31`: DATE; with a time: DATETIME; with an offset such as `Z` or `+01:00`: TIMESTAMP.
              - JSON objects are RECORD, lists ARRAY; JSON where they hold mixtures, lists of lists, or too many keys.
              - Mixtures, and columns without any value: STRING.

              A row that does not fit (a cell that is not of its type, too many or too few cells, a line that is not JSON,
              bytes that are not UTF-8) is rejected with file, line and column; `errors` says how many are allowed.
              Files of one source must have the same columns; their order does not matter.
              """)
          .fields(PATH, FORMAT, COMPRESSION, HEADER, DELIMITER, QUOTE, NULL_VALUES, SCHEMA)
          .example(
              "All CSV files of a folder",
              """
              sources:
                - name: flights
                  module: files
                  parameters: {path: "data/flights-*.csv", null_values: ["", NA]}
              """)
          .example(
              "Compressed JSON lines with a schema",
              """
              sources:
                - name: events
                  module: files
                  parameters:
                    path: events.ndjson.zst
                    schema: "id:INT64, at:TIMESTAMP, tags:ARRAY<STRING>"
              """)
          .into(FilesSource::parameters);

  private final FilesParameters parameters;
  private final long splitBytes;

  FilesSource(FilesParameters parameters) {
    this(parameters, SPLIT_BYTES);
  }

  /**
   * @param splitBytes into parts of about so many bytes large files of text are divided
   */
  FilesSource(FilesParameters parameters, long splitBytes) {
    this.parameters = parameters;
    this.splitBytes = splitBytes;
  }

  private static Field<Character> character(String name, char byDefault) {
    return Field.parsed(
            name,
            "one character",
            Code.TR107,
            text -> {
              if (text.length() != 1 || text.charAt(0) == '\n' || text.charAt(0) == '\r') {
                throw new IllegalArgumentException(
                    "`" + name + "` is one character other than a line break");
              }
              return text.charAt(0);
            })
        .byDefault(byDefault);
  }

  private static FilesParameters parameters(Arguments in, Problems problems) {
    if (in.get(DELIMITER).equals(in.get(QUOTE))) {
      problems
          .at(QUOTE)
          .error(Code.TR108, "`delimiter` and `quote` are the same character", "use another one");
    }
    if (in.find(FORMAT) == FileFormat.NDJSON) {
      for (Field<?> field : List.of(HEADER, DELIMITER, QUOTE, NULL_VALUES)) {
        if (in.has(field)) {
          problems
              .at(field)
              .error(Code.TR108, "`" + field + "` is for CSV, but `format` is ndjson", "remove it");
        }
      }
    }
    return new FilesParameters(
        in.get(PATH),
        in.find(FORMAT),
        in.get(COMPRESSION),
        in.get(HEADER),
        in.get(DELIMITER),
        in.get(QUOTE),
        List.copyOf(in.get(NULL_VALUES)),
        in.get(SCHEMA));
  }

  @Override
  public @Nullable Schema schema(SourceContext context, Problems problems) {
    int errors = problems.errors();
    List<SourceFile> files = SourceFiles.find(parameters, context.folder(), problems);
    if (problems.errors() > errors) {
      return null;
    }
    if (!parameters.schema().isGiven()) {
      return ownSchema(files, problems.at(PATH));
    }
    Schema schema = parameters.schema().resolve(context.folder(), problems.at(SCHEMA));
    return schema != null && fit(files, schema, problems.at(PATH)) ? schema : null;
  }

  private @Nullable Schema ownSchema(List<SourceFile> files, Problems problems) {
    if (files.stream().map(SourceFile::format).distinct().count() > 1) {
      problems.error(
          Code.TR108,
          "files of different formats together have no schema of their own",
          "give a `schema`");
      return null;
    }
    return files.get(0).format().hasSchema()
        ? new DeclaredColumns(problems).common(files)
        : new SchemaDetection(parameters, problems).detect(files);
  }

  private boolean fit(List<SourceFile> files, Schema schema, Problems problems) {
    DeclaredColumns declared = new DeclaredColumns(problems);
    boolean fit = true;
    for (SourceFile file : files) {
      if (file.format().hasSchema()) {
        fit &= declared.fit(file, schema);
      } else if (file.format() == FileFormat.CSV && parameters.header()) {
        try (CsvRecords records = new CsvRecords(file.path(), parameters)) {
          List<String> header = records.names();
          fit &=
              header.isEmpty()
                  || CsvHeader.isSame(file.path(), header, schema.names(), "`schema`", problems);
        } catch (IOException e) {
          problems.error(Code.TR210, String.valueOf(e.getMessage()), null);
          fit = false;
        }
      }
    }
    return fit;
  }

  @Override
  public List<FileSplit> splits(SourceContext context) {
    List<FileSplit> splits = new ArrayList<>();
    for (SourceFile file : SourceFiles.find(parameters, context.folder(), new FailingProblems())) {
      try {
        splits.addAll(new FileSplits(parameters, splitBytes, SPLIT_ROWS).of(file));
      } catch (IOException e) {
        throw new TransientException(e.getMessage() == null ? file.path() : e.getMessage(), e);
      }
    }
    return splits;
  }

  @Override
  public RowReader open(FileSplit split, Schema schema, ReadContext context) throws IOException {
    if (!split.isWhole() && Storages.of(split.path()).size(split.path()) != split.size()) {
      throw new PermanentException(
          split.path() + " was changed after the run was planned; run the config again");
    }
    return switch (split.format()) {
      case CSV -> new CsvRowReader(split, parameters, schema, context);
      case NDJSON -> new NdjsonRowReader(split, parameters, schema, context);
      case PARQUET ->
          new ParquetRowReader(
              split.path(),
              schema,
              Math.toIntExact(split.from()),
              (int) Math.min(split.to(), Integer.MAX_VALUE),
              context);
    };
  }
}
