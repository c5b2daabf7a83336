package io.tributary.configtest;

import io.tributary.config.ConfigEdit;
import io.tributary.config.Correction;
import io.tributary.config.TestConfig.Form;
import io.tributary.failure.PermanentException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What became of an update: expectations of failed tests are rewritten in their file with the rows
 * that came out. The new file takes the old one's place only after its tests were run and found to
 * expect those rows.
 *
 * @param rewritten how many expectations
 * @param left why others stay as they are, a sentence for each
 */
public record ExpectationUpdate(int rewritten, List<String> left) {
  public ExpectationUpdate {
    left = List.copyOf(left);
  }

  /**
   * Rewrites the expectations of a file.
   *
   * @throws PermanentException when the rows cannot be written so that they are read as the same;
   *     the file is then as it was
   */
  public static ExpectationUpdate of(FileResult result, ConfigTests tests) throws IOException {
    Path file = Path.of(result.file()).toRealPath();
    ConfigEdit edit = ConfigEdit.of(file);
    List<String> left = new ArrayList<>();
    Set<String> corrected = new HashSet<>();
    for (TestResult test : result.tests()) {
      for (Correction correction : test.corrections()) {
        String about =
            "`" + correction.node() + "` of test `" + test.name() + "` in " + result.file();
        if (correction.form() == Form.CONTAINS) {
          left.add(about + " is not rewritten: `contains` names a part of the rows only");
        } else if (edit.correct(correction)) {
          corrected.add(key(test, correction));
        } else {
          left.add(about + " is not rewritten: its rows stand behind an alias");
        }
      }
    }
    if (!corrected.isEmpty()) {
      replace(file, edit.bytes(), corrected, tests);
    }
    return new ExpectationUpdate(corrected.size(), left);
  }

  private static void replace(Path file, byte[] bytes, Set<String> corrected, ConfigTests tests)
      throws IOException {
    EditedFile edited = EditedFile.beside(file, bytes);
    try {
      FileResult again = tests.run(edited.path(), name -> true);
      boolean same =
          again.loaded().diagnostics().errors() == 0
              && again.tests().stream()
                  .flatMap(test -> test.corrections().stream().map(left -> key(test, left)))
                  .noneMatch(corrected::contains);
      if (!same) {
        throw new PermanentException(
            file
                + ": the rows cannot be written so that they are read as the same; the file is"
                + " as it was");
      }
      edited.replace(file);
    } finally {
      edited.delete();
    }
  }

  private static String key(TestResult test, Correction correction) {
    return test.index() + " " + correction.node();
  }
}
