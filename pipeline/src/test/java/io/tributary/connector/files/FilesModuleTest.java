package io.tributary.connector.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.tributary.connector.ProblemList;
import io.tributary.connector.SourceProbe;
import io.tributary.module.Registry;
import io.tributary.spec.Field;
import io.tributary.spec.Spec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilesModuleTest {
  private final Registry registry = Registry.load();

  @Test
  void filesAndCreateAreFoundByTheirNames() {
    Object parameters =
        SourceProbe.parameters(FilesSource.SPEC, Map.of("path", "a.csv"), new ProblemList());

    Spec<?> files = registry.find(Spec.Kind.SOURCE, "files").orElseThrow();

    assertThat(registry.source(files, parameters), is(instanceOf(FilesSource.class)));
    assertThat(registry.find(Spec.Kind.SINK, "files").isPresent(), is(true));
    assertThat(registry.find(Spec.Kind.SOURCE, "create").isPresent(), is(true));
  }

  @Test
  void everyFieldIsDescribedAndEveryModuleHasAnExample() {
    for (Spec<?> spec : List.<Spec<?>>of(FilesSource.SPEC, FilesSink.SPEC)) {
      assertThat(spec.summary(), is(not(blankOrNullString())));
      assertThat(spec.examples().isEmpty(), is(false));
      for (Field<?> field : spec.fields()) {
        assertThat(field.name(), field.about(), is(not(blankOrNullString())));
      }
    }
  }
}
