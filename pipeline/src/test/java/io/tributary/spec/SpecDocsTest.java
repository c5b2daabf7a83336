package io.tributary.spec;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpecDocsTest {

  @Test
  void aPageSaysWhatTheSpecSays() {
    Spec<String> spec =
        Spec.source("files")
            .alias("file")
            .summary("Reads files.")
            .details("Every file is read once.")
            .fields(
                Field.text("path").about("Where | what.").example("a.csv"),
                Field.word("mode", WriteMode.class).byDefault(WriteMode.MERGE).about("How."),
                Field.duration("timeout").byDefault(Duration.ofMinutes(2)).about("How long."),
                Field.text("quote").optional().about("Quote."))
            .example("One", "{\"name\": \"a\"}")
            .example("Two", "name: b\n")
            .into(in -> "");

    assertThat(
        SpecDocs.page(spec),
        is(
            """
            # `files` (source)

            Reads files.

            Accepted under an older name, too: `file`.

            Every file is read once.

            ## Keys

            | key | type | default | meaning |
            |---|---|---|---|
            | `path` | text | required | Where \\| what. Example: `a.csv` |
            | `mode` | one of replace, append, merge | `merge` | How. |
            | `timeout` | duration | `2min` | How long. |
            | `quote` | text |  | Quote. |

            Besides these, a source has `name`, `module`, `description`; all other keys may stand\
             beside them or below `parameters`.

            ## Example: One

            ```json
            {"name": "a"}
            ```

            ## Example: Two

            ```yaml
            name: b
            ```
            """));
  }

  @Test
  void everyKeyOfAConfigIsDescribed() {
    for (Field<?> field : ConfigKeys.TOP) {
      assertThat(field.name(), field.about().isBlank(), is(false));
    }
    for (Field<?> field : ConfigKeys.SCHEDULE) {
      assertThat(field.name(), field.about().isBlank(), is(false));
    }
    for (Field<?> field : ConfigKeys.ERRORS) {
      assertThat(field.name(), field.about().isBlank(), is(false));
    }
  }
}
