package io.tributary.configtest;

import io.tributary.config.ConfigLoader.Loaded;
import io.tributary.configtest.TestResult.Status;
import java.util.List;

/**
 * How the tests of a file ended.
 *
 * @param loaded the file, with what is wrong with it; with errors no test was run
 */
public record FileResult(Loaded loaded, List<TestResult> tests) {
  public FileResult {
    tests = List.copyOf(tests);
  }

  public String file() {
    return loaded.file();
  }

  public long count(Status status) {
    return tests.stream().filter(test -> test.status() == status).count();
  }
}
