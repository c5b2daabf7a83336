package io.tributary.connector.files;

import io.tributary.module.FileSink;
import io.tributary.module.StagedOutput;
import io.tributary.module.StagedParts;
import io.tributary.row.RowWriter;
import io.tributary.row.Schema;
import io.tributary.row.format.AvroRowWriter;
import io.tributary.spec.Arguments;
import io.tributary.spec.Code;
import io.tributary.spec.Field;
import io.tributary.spec.Problems;
import io.tributary.spec.Spec;
import io.tributary.spec.WriteMode;
import io.tributary.storage.Delivery;
import io.tributary.storage.StagedFile;
import io.tributary.storage.Storage;
import io.tributary.storage.Storages;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Delivers files into a folder. Exactly once per run: a file becomes visible whole, by a rename; a
 * delivery that is interrupted is finished later and gives the same files. Serializable.
 */
final class FilesSink implements FileSink {
  private static final long serialVersionUID = 1L;

  /** The modes of this sink: there is no merging into files. */
  enum Mode {
    REPLACE,
    APPEND
  }

  static final Field<String> PATH =
      Field.text("path")
          .about("The folder for the files. Relative to the folder of the config.")
          .example("out/flights");
  static final Field<SinkFormat> FORMAT =
      Field.word("format", SinkFormat.class)
          .about("How rows are written: `csv` (with a header), `ndjson`, `parquet` or `avro`.");
  static final Field<SinkCompression> COMPRESSION =
      Field.word("compression", SinkCompression.class)
          .byDefault(SinkCompression.NONE)
          .about(
              "CSV and NDJSON: `none`, `gz` or `zst`. Avro: `none`, `zst`, `snappy` or `deflate`."
                  + " Parquet is always compressed, with zstd.");
  static final Field<List<String>> PARTITION_BY =
      Field.texts("partition_by")
          .byDefault(List.of())
          .about(
              "Columns whose values name folders, `country=pl/day=2024-01-31/part-00000.csv`; they"
                  + " are left out of the files, as in Hive.")
          .example(List.of("country", "day"));
  static final Field<Long> MAX_FILE_SIZE =
      Field.dataSize("max_file_size")
          .optional()
          .about(
              "A file that has reached this size is followed by another. Parquet files may be"
                  + " larger by a row group of 32 MB, others by what is still in memory.")
          .example("256MB");
  static final Field<Mode> MODE =
      Field.word("mode", Mode.class)
          .byDefault(Mode.REPLACE)
          .about(
              "`replace`: the folder holds the rows of the last run. `append`: each run adds"
                  + " files.");
  static final Field<Boolean> ALLOW_FULL_APPEND =
      Field.bool("allow_full_append")
          .byDefault(false)
          .about("Lets `append` add a whole source each time, which repeats its rows.");

  static final Spec<FilesSinkParameters> SPEC =
      Spec.sink("files")
          .summary("Delivers CSV, NDJSON, Parquet or Avro files, exactly once per run.")
          .details(
              """
              Files are delivered after the tables of the run were published, by renames within one file system: each is there
              whole or not at all. `replace` writes `part-00000.csv` and so on, and removes the files of the delivery before
              that are not in this one; `append` puts the run id into the names. The file `_manifest.json` lists the current
              files with their rows; it is written when all of them are in place, so a reader that wants a consistent set goes by it.
              Files that are not in the manifest are not touched; one with a name that is needed fails the run.

              A run without rows delivers no files: after `replace` the manifest is empty.

              CSV: NULL is an empty cell, an empty text is `""`. RECORD and ARRAY are JSON, BYTES base64, times ISO 8601.
              Avro: NUMERIC is the logical type `decimal`, DATETIME `local-timestamp-micros`, TIMESTAMP `timestamp-micros`, TIME
              `time-micros`; JSON and GEOGRAPHY are strings with the property `sqlType`; names of columns are limited to letters,
              digits and `_`.

              `partition_by`: in the name of a folder a value is its text in CSV, with all but ASCII letters, digits and `-_.~`
              written as `%` and two hexadecimal digits for each byte of UTF-8; NULL is `__HIVE_DEFAULT_PARTITION__`, an empty text
              nothing. Each split writes 32 files at once at the most, so rows in the order of the partitions make fewer and
              larger files.
              """)
          .fields(PATH, FORMAT, COMPRESSION, PARTITION_BY, MAX_FILE_SIZE, MODE, ALLOW_FULL_APPEND)
          .example(
              "Compressed CSV",
              """
              sinks:
                - name: late_flights_csv
                  module: files
                  input: late
                  parameters: {path: out/late, format: csv, compression: gz}
              """)
          .example(
              "Parquet in a folder for each country and month",
              """
              sinks:
                - name: orders_by_country
                  module: files
                  input: orders
                  parameters: {path: out/orders, format: parquet, partition_by: [country, month]}
              """)
          .into(FilesSink::parameters);

  private final FilesSinkParameters parameters;
  private final String folder;
  private final StagingFolders staging;

  FilesSink(FilesSinkParameters parameters) {
    this(parameters, parameters.path(), "");
  }

  private FilesSink(FilesSinkParameters parameters, String folder, String warehouse) {
    this.parameters = parameters;
    this.folder = folder;
    this.staging = StagingFolders.of(folder, warehouse);
  }

  private static FilesSinkParameters parameters(Arguments in, Problems problems) {
    if (!in.get(FORMAT).takes(in.get(COMPRESSION))) {
      if (in.get(FORMAT) == SinkFormat.PARQUET) {
        problems
            .at(COMPRESSION)
            .error(
                Code.TR108, "Parquet files are compressed by themselves", "remove `compression`");
      } else {
        problems
            .at(COMPRESSION)
            .error(
                Code.TR108,
                "`compression` "
                    + word(in.get(COMPRESSION))
                    + " is not for "
                    + word(in.get(FORMAT)),
                "write one of "
                    + Arrays.stream(SinkCompression.values())
                        .filter(in.get(FORMAT)::takes)
                        .map(FilesSink::word)
                        .collect(Collectors.joining(", ")));
      }
    }
    try {
      Storages.of(in.get(PATH));
    } catch (IllegalArgumentException e) {
      problems.at(PATH).error(Code.TR107, String.valueOf(e.getMessage()), null);
    }
    return new FilesSinkParameters(
        in.get(PATH),
        in.get(FORMAT),
        in.get(COMPRESSION),
        List.copyOf(in.get(PARTITION_BY)),
        in.has(MAX_FILE_SIZE) ? in.get(MAX_FILE_SIZE) : Long.MAX_VALUE,
        in.get(MODE) == Mode.REPLACE ? WriteMode.REPLACE : WriteMode.APPEND,
        in.get(ALLOW_FULL_APPEND));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public FileSink resolvedAgainst(String configFolder, String warehouse) {
    return new FilesSink(
        parameters,
        Storages.of(parameters.path()).resolve(configFolder, parameters.path()),
        warehouse);
  }

  @Override
  public String extension() {
    return parameters.format().ending(parameters.compression());
  }

  @Override
  public RowWriter open(Schema schema, String path) throws IOException {
    return parameters.format().open(schema, path, parameters.compression());
  }

  @Override
  public StagedOutput stage(Schema schema, String staging, String name) {
    if (parameters.partitionBy().isEmpty()) {
      return parts(schema, staging, name);
    }
    Partitioning partitioning = new Partitioning(schema, parameters.partitionBy());
    Storage storage = Storages.of(staging);
    AtomicInteger begun = new AtomicInteger(); // a folder may be begun twice
    return new PartitionedOutput(
        partitioning,
        partition ->
            parts(
                partitioning.fileSchema(),
                storage.resolve(staging, partition),
                name + "-" + begun.getAndIncrement()));
  }

  private StagedParts parts(Schema schema, String staging, String name) {
    Storage storage = Storages.of(staging);
    return new StagedParts(
        number -> storage.resolve(staging, name + "-" + number + extension()),
        path -> open(schema, path),
        parameters.maxFileSize());
  }

  @Override
  public void check(Schema schema, Problems problems) {
    if (!parameters.partitionBy().isEmpty()) {
      Partitioning.check(schema, parameters.partitionBy(), problems.at(PARTITION_BY));
    }
    if (parameters.format() == SinkFormat.AVRO) {
      for (String name : AvroRowWriter.wrongNames(schema)) {
        problems.error(
            Code.TR213,
            "column `" + name + "` has a name that Avro does not allow",
            "rename it in a `select` to letters, digits and `_`");
      }
    }
  }

  @Override
  public String destination() {
    return folder;
  }

  @Override
  public String stagingFolder(String runId) {
    return staging.of(runId);
  }

  @Override
  public String action() {
    return parameters.mode() + " files";
  }

  @Override
  public List<String> stagedRuns() throws IOException {
    return staging.runs();
  }

  @Override
  public boolean hasFiles() throws IOException {
    return FolderDelivery.hasFiles(folder);
  }

  @Override
  public Delivery delivery(String runId, String sinkName, List<StagedFile> files)
      throws IOException {
    return new FolderDelivery(folder, staging, parameters.mode(), extension())
        .of(runId, sinkName, files);
  }
}
