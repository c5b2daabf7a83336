package io.tributary.compile;

import io.tributary.failure.PermanentException;
import io.tributary.failure.RunException;
import io.tributary.failure.TransientException;
import io.tributary.storage.Delivery;
import io.tributary.storage.Storages;
import io.tributary.warehouse.Publication;
import io.tributary.warehouse.PublishedTable;
import io.tributary.warehouse.RunEntry;
import io.tributary.warehouse.RunStatus;
import io.tributary.warehouse.StepCount;
import io.tributary.warehouse.WarehouseSession;
import io.tributary.warehouse.Warehouses;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The second half of a run: checks that everything was read, publishes all tables in one
 * transaction, and carries out the deliveries of files. Doing it twice for one run id changes
 * nothing.
 */
final class Publisher {
  private final PublishSpec spec;
  private final RunProgress progress;
  private final Clock clock;

  Publisher(PublishSpec spec, RunProgress progress, Clock clock) {
    this.spec = spec;
    this.progress = progress;
    this.clock = clock;
  }

  /**
   * @throws RunException when the run must not or cannot be published; no table has changed then
   */
  PublishOutcome publish(List<CompletionRecord> records) {
    try {
      Barrier barrier = new Barrier(spec.barrier(), records);
      barrier.checkRejected();
      List<Publication.Table> tables = new ArrayList<>();
      for (PublishSpec.Table table : spec.tables()) {
        tables.add(
            new Publication.Table(
                table.step(),
                table.write(),
                table.schema(),
                barrier.files(table.step()),
                table.leftOut(),
                table.query() == null ? null : table.query().over(barrier)));
      }
      List<Delivery> deliveries = new ArrayList<>();
      for (PublishSpec.Files files : spec.files()) {
        deliveries.add(
            files.sink().delivery(spec.runId(), files.step(), barrier.files(files.step())));
      }
      RunStatus status = barrier.rejected() > 0 ? RunStatus.REJECTED_ROWS : RunStatus.SUCCEEDED;
      if (!progress.beginPublish()) {
        throw new PermanentException(
            "run " + spec.runId() + " was stopped before anything was published");
      }
      Publication publication =
          new Publication(
              entry(status),
              tables,
              barrier.counts(),
              barrier.rejectedFiles(),
              deliveries,
              spec.cursors());
      return publish(publication, barrier);
    } catch (IOException e) {
      throw new TransientException(
          "run " + spec.runId() + ": staged files cannot be read: " + e.getMessage(), e);
    }
  }

  private RunEntry entry(RunStatus status) {
    return new RunEntry(
        spec.runId(),
        spec.config(),
        spec.configHash(),
        status,
        spec.runner(),
        spec.startedAt(),
        clock.instant(),
        null);
  }

  private PublishOutcome publish(Publication publication, Barrier barrier) {
    try (WarehouseSession session = Warehouses.at(spec.warehouse()).open()) {
      List<PublishedTable> published = session.publish(publication);
      for (Delivery delivery : publication.deliveries()) {
        carryOut(delivery, session);
      }
      boolean queried = publication.tables().stream().anyMatch(table -> table.query() != null);
      // what a query gave out within the publish is known to the ledger only
      List<StepCount> steps = queried ? session.steps(spec.runId()) : publication.steps();
      return new PublishOutcome(
          steps,
          barrier.rejected(),
          published,
          session.drift(spec.runId()),
          publication.deliveries());
    }
  }

  private static void carryOut(Delivery delivery, WarehouseSession session) {
    try {
      delivery.carryOut(Storages.of(delivery.manifestPath()));
      session.delivered(delivery);
    } catch (IOException e) {
      throw new TransientException(
          "sink `"
              + delivery.sink()
              + "`: the tables are published, but its files could not be put in place: "
              + e.getMessage()
              + "; finish it with: tributary runs resume "
              + delivery.runId(),
          e);
    }
  }
}
