package io.tributary.connector.files;

import io.tributary.failure.PermanentException;
import io.tributary.failure.TransientException;
import io.tributary.module.ReadContext;
import io.tributary.module.SchemaParameter;
import io.tributary.module.Source;
import io.tributary.module.SourceContext;
import io.tributary.row.RowReader;
import io.tributary.row.Schema;
import io.tributary.row.format.AvroRowReader;
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
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads files, large ones in parts. Serializable. */
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
              "How rows stand in the files. Default: by the ending (`.csv`, `.ndjson`, `.jsonl`,"
                  + " `.parquet`, `.avro`) of each file.");
  static final Field<FileCompression> COMPRESSION =
      Field.word("compression", FileCompression.class)
          .byDefault(FileCompression.AUTO)
          .about(
              "CSV and NDJSON: how the files are compressed; `auto` goes by the ending (`.gz`,"
                  + " `.zst`) of each file.");
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
              "The columns and their types. `auto`: Parquet and Avro say them; CSV and NDJSON are"
                  + " read once for the narrowest types that hold every value.")
          .example("id:INT64, price:NUMERIC(12,2), at:TIMESTAMP");

  static final Spec<FilesParameters> SPEC =
      Spec.source("files")
          .summary("Reads CSV, NDJSON, Parquet and Avro files.")
          .details(
              """
              A file is read as a stream, in memory that does not grow with it. Files are read in parallel, and so are the parts
              of large ones: CSV and NDJSON that are not compressed in parts of about 64 MB, for which they are looked through
              once for the begin of their records when the run is planned; Avro in parts of that size; Parquet by row groups, in
              parts of about a million rows.

              CSV and NDJSON with `schema: auto`: every row of every file is looked at first, so that a type never depends on a
              sample:
              - `true`, `false`: BOOL. Whole numbers: INT64, or NUMERIC(38,0) when one is larger. Numbers with a leading
                zero or a plus are STRING.
              - Numbers with a point: FLOAT64 when a double gives every one of them back as it was written, else NUMERIC.
              - `2024-01-31`: DATE; with a time: DATETIME; with an offset such as `Z` or `+01:00`: TIMESTAMP.
              - JSON objects are RECORD, lists ARRAY; JSON where they hold mixtures, lists of lists, or too many keys.
              - Mixtures, and columns without any value: STRING.

              A row that does not fit (a cell that is not of its type, too many or too few cells, a line that is not JSON,
              bytes that are not UTF-8) is rejected with file, line and column; `errors` says how many are allowed.
              Files of one source must have the same columns; their order does not matter. In NDJSON a missing key is NULL. In
              Parquet and Avro types must be the same, too, unless a `schema` gives types that hold the values of all files;
              every difference is reported with the file. A CSV file that makes a column of numbers or dates text is a warning.

              Parquet and Avro: unsigned 64-bit integers are NUMERIC(20,0); maps are ARRAY<STRUCT<key, value>>; lists of lists
              are JSON; UUID and enums are STRING; INT96 is TIMESTAMP. Digits below the microsecond are cut off and
              counted in the report; dates outside of the years 1 to 9999, text that is not UTF-8 and decimals with too many
              digits reject the row. A union of several types and a record inside itself (Avro), INTERVAL and VARIANT (Parquet)
              cannot be read. Bytes without a type can be read as STRING by a `schema`.
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

  private static String word(FileFormat format) {
    return format.name().toLowerCase(Locale.ROOT);
  }

  private static FilesParameters parameters(Arguments in, Problems problems) {
    if (in.get(DELIMITER).equals(in.get(QUOTE))) {
      problems
          .at(QUOTE)
          .error(Code.TR108, "`delimiter` and `quote` are the same character", "use another one");
    }
    FileFormat format = in.find(FORMAT);
    if (format != null && format != FileFormat.CSV) {
      for (Field<?> field : List.of(HEADER, DELIMITER, QUOTE, NULL_VALUES)) {
        if (in.has(field)) {
          problems
              .at(field)
              .error(
                  Code.TR108,
                  "`" + field + "` is for CSV, but `format` is " + word(format),
                  "remove it");
        }
      }
    }
    if (format != null && format.hasSchema() && in.get(COMPRESSION) != FileCompression.AUTO) {
      problems
          .at(COMPRESSION)
          .error(
              Code.TR108,
              "a file in the format " + word(format) + " says itself how it is compressed",
              "remove it");
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
      case AVRO -> new AvroRowReader(split.path(), schema, split.from(), split.to(), context);
    };
  }
}
