package io.tributary.connector.files;

import io.tributary.failure.PermanentException;
import io.tributary.row.format.PlainJson;
import io.tributary.spec.WriteMode;
import io.tributary.storage.Delivery;
import io.tributary.storage.Delivery.Move;
import io.tributary.storage.StagedFile;
import io.tributary.storage.Storage;
import io.tributary.storage.Storages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides the names of delivered files and the manifest of a folder. The manifest says which files
 * are ours: only these are replaced or removed.
 */
record FolderDelivery(String folder, StagingFolders staging, WriteMode mode, String extension) {
  private static final String MANIFEST = "_manifest.json";
  private static final Pattern NAME = Pattern.compile("([^/=]+=[^/]*/)*part-[^/]+");

  /** Whether the manifest names files. */
  static boolean hasFiles(String folder) throws IOException {
    Storage storage = Storages.of(folder);
    return !filesBefore(storage, storage.resolve(folder, MANIFEST)).isEmpty();
  }

  /**
   * What delivers the staged files of a run.
   *
   * @throws PermanentException when a file that is not ours has a name that is needed, or the
   *     manifest cannot be understood
   */
  Delivery of(String runId, String sink, List<StagedFile> staged) throws IOException {
    Storage storage = Storages.of(folder);
    String manifestPath = storage.resolve(folder, MANIFEST);
    List<Map<?, ?>> before = filesBefore(storage, manifestPath);
    Set<String> ours = new HashSet<>();
    before.forEach(file -> ours.add(String.valueOf(file.get("name"))));

    List<Object> files = new ArrayList<>();
    if (mode == WriteMode.APPEND) {
      // those of this run are listed anew: its delivery may be decided twice
      before.stream().filter(file -> !runId.equals(file.get("run"))).forEach(files::add);
    }
    List<Move> moves = new ArrayList<>();
    Set<String> current = new HashSet<>();
    for (StagedFile file : staged) {
      if (file.rows() == 0) {
        continue; // stays behind in the staging folder, which is removed
      }
      String name = folderOf(file, runId) + name(runId, moves.size());
      String path = storage.resolve(folder, name);
      if (!ours.contains(name) && storage.exists(path)) {
        throw new PermanentException(
            "sink `"
                + sink
                + "`: "
                + path
                + " was not written by Tributary and would be overwritten; move it away, or choose"
                + " another `path`");
      }
      moves.add(new Move(file.path(), path));
      current.add(name);
      files.add(entry(name, runId, file));
    }
    List<String> obsolete = new ArrayList<>();
    if (mode == WriteMode.REPLACE) {
      ours.stream()
          .filter(name -> !current.contains(name))
          .sorted()
          .forEach(name -> obsolete.add(storage.resolve(folder, name)));
    }
    return new Delivery(
        runId,
        sink,
        moves,
        manifestPath,
        manifest(runId, sink, files),
        obsolete,
        staging.of(runId));
  }

  /** The folder of a partition, with a closing slash; empty without partitions. */
  private String folderOf(StagedFile file, String runId) {
    int begin = staging.of(runId).length() + 1;
    return file.path().substring(begin, Math.max(begin, file.path().lastIndexOf('/') + 1));
  }

  private String name(String runId, int number) {
    String run = mode == WriteMode.APPEND ? runId + "-" : "";
    return String.format(Locale.ROOT, "part-%s%05d%s", run, number, extension);
  }

  private static Map<String, Object> entry(String name, String runId, StagedFile file) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", name);
    entry.put("run", runId);
    entry.put("rows", file.rows());
    entry.put("bytes", file.bytes());
    return entry;
  }

  private static String manifest(String runId, String sink, List<Object> files) {
    StringBuilder text = new StringBuilder();
    text.append("{\"run\": ").append(PlainJson.text(runId));
    text.append(", \"sink\": ").append(PlainJson.text(sink)).append(", \"files\": [");
    String separator = "\n  ";
    for (Object file : files) {
      text.append(separator).append(PlainJson.text(file));
      separator = ",\n  ";
    }
    return text.append("]}\n").toString();
  }

  /** The files of the manifest that is there. */
  private static List<Map<?, ?>> filesBefore(Storage storage, String path) throws IOException {
    if (!storage.exists(path)) {
      return List.of();
    }
    try (InputStream in = storage.open(path)) {
      Object plain = PlainJson.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      List<Map<?, ?>> files = new ArrayList<>();
      if (plain instanceof Map<?, ?> manifest && manifest.get("files") instanceof List<?> list) {
        for (Object entry : list) {
          if (!(entry instanceof Map<?, ?> file) || !isName(file.get("name"))) {
            throw new IllegalArgumentException("has an entry without the name of a file");
          }
          files.add(file);
        }
        return files;
      }
      throw new IllegalArgumentException("has no list of files");
    } catch (IllegalArgumentException e) {
      throw new PermanentException(
          path
              + " "
              + e.getMessage()
              + ", so it is not known which files are Tributary's; choose another `path`, or empty"
              + " the folder",
          e);
    }
  }

  /** A manifest that was tampered with must not make us remove files elsewhere. */
  private static boolean isName(@Nullable Object name) {
    return name instanceof String text && NAME.matcher(text).matches();
  }
}
