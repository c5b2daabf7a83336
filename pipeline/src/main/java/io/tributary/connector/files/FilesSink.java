package io.tributary.connector.files;

import io.tributary.module.FileSink;
import io.tributary.row.RowWriter;
import io.tributary.row.Schema;
import io.tributary.row.format.Compression;
import io.tributary.spec.Arguments;
import io.tributary.spec.Code;
import io.tributary.spec.Field;
import io.tributary.spec.Problems;
import io.tributary.spec.Spec;
import io.tributary.spec.WriteMode;
import io.tributary.storage.Delivery;
import io.tributary.storage.StagedFile;
import io.tributary.storage.Storages;
import java.io.IOException;
import java.util.List;

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
          .about("How rows are written: `csv` (with a header), `ndjson` or `parquet`.");
  static final Field<Compression> COMPRESSION =
      Field.word("compression", Compression.class)
          .byDefault(Compression.NONE)
          .about(
              "CSV and NDJSON: how files are compressed. Parquet is always compressed, with zstd.");
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
          .summary("Delivers CSV, NDJSON or Parquet files, exactly once per run.")
          .details(
              """
              Files are delivered after the tables of the run were published, by renames within one file system: each is there
              whole or not at all. `replace` writes `part-00000.csv` and so on, and removes the files of the delivery before
              that are not in this one; `append` puts the run id into the names. The file `_manifest.json` lists the current
              files with their rows; it is written when all of them are in place, so a reader that wants a consistent set goes by it.
              Files that are not in the manifest are not touched; one with a name that is needed fails the run.

              A run without rows delivers no files: after `replace` the manifest is empty.

              CSV: NULL is an empty cell, an empty text is `""`. RECORD and ARRAY are JSON, BYTES base64, times ISO 8601.
              """)
          .fields(PATH, FORMAT, COMPRESSION, MODE, ALLOW_FULL_APPEND)
          .example(
              "Compressed CSV",
              """
              sinks:
                - name: late_flights_csv
                  module: files
                  input: late
                  parameters: {path: out/late, format: csv, compression: gz}
              """)
          .into(FilesSink::parameters);

  private final FilesSinkParameters parameters;
  private final String folder;

  FilesSink(FilesSinkParameters parameters) {
    this(parameters, parameters.path());
  }

  private FilesSink(FilesSinkParameters parameters, String folder) {
    this.parameters = parameters;
    this.folder = folder;
  }

  private static FilesSinkParameters parameters(Arguments in, Problems problems) {
    if (in.get(FORMAT) == SinkFormat.PARQUET && in.get(COMPRESSION) != Compression.NONE) {
      problems
          .at(COMPRESSION)
          .error(Code.TR108, "Parquet files are compressed by themselves", "remove `compression`");
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
        in.get(MODE) == Mode.REPLACE ? WriteMode.REPLACE : WriteMode.APPEND,
        in.get(ALLOW_FULL_APPEND));
  }

  @Override
  public FileSink resolvedAgainst(String configFolder) {
    return new FilesSink(
        parameters, Storages.of(parameters.path()).resolve(configFolder, parameters.path()));
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
  public String destination() {
    return folder;
  }

  @Override
  public String stagingFolder(String runId) {
    return FolderDelivery.stagingFolder(folder, runId);
  }

  @Override
  public List<String> stagedRuns() throws IOException {
    return FolderDelivery.stagedRuns(folder);
  }

  @Override
  public Delivery delivery(String runId, String sinkName, List<StagedFile> files)
      throws IOException {
    return new FolderDelivery(folder, parameters.mode(), extension()).of(runId, sinkName, files);
  }
}
