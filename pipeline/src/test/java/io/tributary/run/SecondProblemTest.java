package io.tributary.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.startsWith;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A first mistake in a node hides no second one of another kind. */
class SecondProblemTest {
  @TempDir Path folder;

  private static String config(String parameters) {
    return """
    sources:
      - {name: in, module: create, parameters: {rows: [{id: 1}]}}
    sinks:
      - name: out
        module: bigquery
        input: in
        parameters:
          table: d.t
          %s
    """
        .formatted(parameters.replace("\n", "\n      "));
  }

  @Test
  void aContradictionBesideAWrongValueAndAnUnknownKey() {
    RunProbe probe = new RunProbe(folder);

    probe.plan(config("partitioning: DAY\nclustering: [a, b, c, d, e]\nlabel: {team: x}"));

    assertThat(
        probe.problems(),
        contains(
            startsWith("9:21 TR108 `partitioning` needs `partitioning_field`"),
            startsWith("10:19 TR106 5 clustering columns are too many"),
            startsWith("11:7 TR102 unknown key `label`")));
  }

  @Test
  void whatMayFollowFromTheFirstMistakeIsNotSaid() {
    RunProbe probe = new RunProbe(folder);

    probe.plan(config("mode: mrege\nmerge_keys: [id]"));
    var wrongValue = probe.problems();
    probe.plan(config("mode: merge\nmerge_key: [id]"));
    var wrongKey = probe.problems();

    assertThat(wrongValue, contains(startsWith("9:13 TR105 `mrege` is not allowed here")));
    assertThat(wrongKey, contains(startsWith("10:7 TR102 unknown key `merge_key`")));
  }
}
