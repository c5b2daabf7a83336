package io.tributary.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.tributary.storage.Delivery;
import io.tributary.warehouse.Publication;
import io.tributary.warehouse.RunEntry;
import io.tributary.warehouse.RunStatus;
import io.tributary.warehouse.WarehouseSession;
import io.tributary.warehouse.Warehouses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was killed after its publish and before its files were in place. */
class RunsResumeTest {
  @TempDir Path folder;

  @Test
  void filesOfAKilledRunArePutInPlaceOnce() throws IOException {
    Path staged =
        Files.createDirectories(folder.resolve("out/.tributary-run1")).resolve("part.csv");
    Files.writeString(staged, "id\n1\n");
    Path delivered = folder.resolve("out/part-00000.csv");
    publish(
        new Delivery(
            "run1",
            "files",
            List.of(new Delivery.Move(staged.toString(), delivered.toString())),
            folder.resolve("out/_manifest.json").toString(),
            "{}",
            List.of(),
            staged.getParent().toString()));
    CommandLineProbe probe = new CommandLineProbe(folder);

    CommandLineProbe.Result first =
        probe.run("runs", "resume", "run1", "--warehouse", probe.warehouse());
    CommandLineProbe.Result second =
        probe.run("runs", "resume", "run1", "--warehouse", probe.warehouse());

    assertThat(first.out(), containsString("sink files: 1 file in place"));
    assertThat(first.code(), is(ExitCode.DONE));
    assertThat(Files.readString(delivered), is("id\n1\n"));
    assertThat(Files.exists(staged.getParent()), is(false));
    assertThat(second.out(), containsString("left nothing to be finished"));
  }

  private void publish(Delivery delivery) {
    RunEntry run =
        new RunEntry(
            "run1",
            "config",
            "hash",
            RunStatus.SUCCEEDED,
            "direct",
            Instant.EPOCH,
            Instant.EPOCH,
            null);
    try (WarehouseSession session = Warehouses.at("duckdb:" + folder.resolve("w.duckdb")).open()) {
      session.publish(new Publication(run, List.of(), List.of(), List.of(), List.of(delivery)));
    }
  }
}
