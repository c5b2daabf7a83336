package io.tributary.connector.files;

import io.tributary.spec.Code;
import io.tributary.spec.Problems;
import io.tributary.spec.Suggestions;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the names of the columns of CSV files; upper and lower case are the same, order does not
 * matter.
 */
final class CsvHeader {
  private CsvHeader() {}

  /** The position of a name; -1 when it is not there. */
  static int find(List<String> names, String name) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether every name occurs once; else says which does not. */
  static boolean isUnique(String path, List<String> header, Problems problems) {
    boolean unique = true;
    for (int i = 0; i < header.size(); i++) {
      if (find(header, header.get(i)) != i) {
        problems.error(
            Code.TR212,
            path + " has two columns `" + header.get(i) + "`",
            "rename one of them in the file, or set `header` to false and give a `schema`");
        unique = false;
      }
    }
    return unique;
  }

  /**
   * Whether a header has the expected names; else says what is missing and what is too much.
   *
   * @param origin where the expected names come from: the first file, or the schema
   */
  static boolean isSame(
      String path, List<String> header, List<String> expected, String origin, Problems problems) {
    if (!isUnique(path, header, problems)) {
      return false;
    }
    List<String> missing = expected.stream().filter(name -> find(header, name) < 0).toList();
    List<String> surplus = header.stream().filter(name -> find(expected, name) < 0).toList();
    if (missing.isEmpty() && surplus.isEmpty()) {
      return true;
    }
    List<String> differences = new ArrayList<>();
    if (!missing.isEmpty()) {
      differences.add("lacks the columns " + String.join(", ", missing));
    }
    if (!surplus.isEmpty()) {
      differences.add("has besides " + String.join(", ", surplus));
    }
    problems.error(
        Code.TR201,
        path + " " + String.join(" and ", differences) + ", compared with " + origin,
        missing.isEmpty()
            ? "add them to " + origin + ", or read these files by a source of their own"
            : Suggestions.nearest(missing.get(0), surplus)
                .map(name -> "is `" + name + "` meant to be `" + missing.get(0) + "`?")
                .orElse("read files with other columns by a source of their own"));
    return false;
  }
}
