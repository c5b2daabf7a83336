package io.tributary.connector.files;

import io.tributary.spec.Code;
import io.tributary.spec.Problems;
import io.tributary.storage.Storage;
import io.tributary.storage.Storages;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the files that {@code path} names. */
final class SourceFiles {
  private static final int MOST_NAMES = 10;

  private SourceFiles() {}

  /**
   * The files, ordered by pattern and then by path, each once; reports patterns without a file and
   * files without a format.
   */
  static List<SourceFile> find(FilesParameters parameters, String folder, Problems problems) {
    Problems here = problems.at(FilesSource.PATH);
    Set<SourceFile> files = new LinkedHashSet<>();
    List<String> patterns = parameters.path();
    for (int i = 0; i < patterns.size(); i++) {
      Problems place = patterns.size() == 1 ? here : here.at(i);
      for (String path : glob(patterns.get(i), folder, place)) {
        format(parameters, path, place)
            .ifPresent(format -> files.add(new SourceFile(path, format)));
      }
    }
    return List.copyOf(files);
  }

  private static List<String> glob(String pattern, String folder, Problems problems) {
    try {
      Storage storage = Storages.of(pattern);
      String resolved = storage.resolve(folder, pattern);
      List<String> paths = storage.glob(resolved).stream().map(Storage.FileStatus::path).toList();
      if (paths.isEmpty()) {
        problems.error(Code.TR209, "no file matches " + resolved, nearby(storage, resolved));
      }
      return paths;
    } catch (IllegalArgumentException e) { // a scheme or a pattern that is not understood
      problems.error(Code.TR107, "path `" + pattern + "`: " + e.getMessage(), null);
    } catch (IOException e) {
      problems.error(Code.TR210, pattern + " cannot be looked up: " + e.getMessage(), null);
    }
    return List.of();
  }

  /** What is in the nearest folder above a pattern that exists. */
  private static String nearby(Storage storage, String pattern) throws IOException {
    String folder = pattern;
    while (folder.contains("/")) {
      folder = folder.substring(0, folder.lastIndexOf('/'));
      List<String> names = storage.names(folder.isEmpty() ? "/" : folder);
      if (!names.isEmpty()) {
        List<String> shown = names.subList(0, Math.min(MOST_NAMES, names.size()));
        return "in "
            + folder
            + " there are: "
            + String.join(", ", shown)
            + (names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "");
      }
    }
    return "the folder does not exist; a relative path is taken from the folder of the config";
  }

  private static Optional<FileFormat> format(
      FilesParameters parameters, String path, Problems problems) {
    if (parameters.format() != null) {
      return Optional.of(parameters.format());
    }
    Optional<FileFormat> format = FileFormat.of(path);
    if (format.isEmpty()) {
      problems.error(
          Code.TR108,
          "the format of " + path + " is not known from its ending",
          "set `format` to csv, ndjson, parquet or avro");
    }
    return format;
  }
}
