package io.tributary.warehouse;

import static io.tributary.warehouse.Publishing.rows;
import static io.tributary.warehouse.Publishing.run;
import static io.tributary.warehouse.Publishing.table;
import static io.tributary.warehouse.Publishing.write;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.failure.PermanentException;
import io.tributary.row.Column;
import io.tributary.row.CursorRange;
import io.tributary.row.CursorValue;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.spec.WriteMode;
import io.tributary.storage.StagedFile;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a warehouse keeps of how far sources were read; as {@link WarehouseContractTest}. */
class CursorContractTest {
  private static final Schema EVENTS =
      Schema.of(Column.nullable("id", Type.INT64), Column.nullable("at", Type.DATETIME));
  private static final String AT = "TIMESTAMP '2024-05-01 10:00:00'";

  @TempDir Path folder;
  private Warehouse warehouse;
  private WarehouseSession session;

  @BeforeEach
  void open() {
    warehouse = new WarehouseFixture.DuckDb().empty(folder);
    session = warehouse.open();
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void aCursorMovesWithThePublish() {
    publish("r1", move(null, "2024-05-01T10:00:00", null), rowsAt("r1", "1, " + AT));
    publish("r2", move("2024-05-01T10:00:00", "2024-05-02T10:00:00", null));

    assertThat(
        session.cursors("orders.yaml").stream().map(CursorContractTest::text).toList(),
        contains("events out at 2024-05-02T10:00:00.000000 r2"));
    assertThat(session.cursors("another.yaml"), is(empty()));
    assertThat(session.cursors(null).size(), is(1));
  }

  @Test
  void aPublishThatFailsMovesNoCursor() {
    StagedFile file = rowsAt("r1", "1, " + AT);
    StagedFile more = new StagedFile(file.path(), file.rows() + 1, file.bytes());

    assertThrows(
        PermanentException.class,
        () -> publish("r1", move(null, "2024-05-01T10:00:00", null), more));

    assertThat(session.cursors(null), is(empty()));
  }

  @Test
  void aRunThatMovesNoCursorLeavesItWhereItIs() {
    publish("r1", move(null, "2024-05-01T10:00:00", null));
    publish("r2", move("2024-04-01T00:00:00", null, null), rowsAt("r2", "1, " + AT));

    assertThat(session.cursors(null).get(0).runId(), is("r1"));
  }

  @Test
  void rowsThatTheTableHoldsAreLeftOutAsOftenAsItHoldsThem() {
    publish(
        "r1",
        move(null, null, null),
        rowsAt("r1", "1, " + AT, "1, " + AT, "2, " + AT, "NULL, " + AT, "0, NULL"));

    PublishedTable published =
        publish(
            "r2",
            move("2024-05-01T10:00:00", "2024-05-02T00:00:00", "at"),
            rowsAt(
                "r2",
                "1, " + AT,
                "1, " + AT,
                "1, " + AT,
                "2, " + AT,
                "NULL, " + AT,
                "3, " + AT,
                "2, TIMESTAMP '2024-05-01 10:00:01'"));

    assertThat(published.rowsWritten(), is(7L));
    assertThat(published.inserted(), is(3L));
    assertThat(published.duplicates(), is(4L));
    assertThat(
        rows(session, "SELECT id, count(*) FROM shop.events GROUP BY id ORDER BY id NULLS LAST")
            .toString(),
        is("[[0, 1], [1, 3], [2, 2], [3, 1], [null, 1]]"));
  }

  @Test
  void cursorsAreSetAndForgotten() {
    publish("r1", move(null, "2024-05-01T10:00:00", null));
    CursorEntry known = session.cursors(null).get(0);
    CursorEntry other =
        new CursorEntry(
            "orders.yaml",
            "events",
            "more",
            "n",
            new CursorValue(Type.INT64, 7),
            "state set",
            Instant.EPOCH);

    session.setCursors(List.of(other));
    session.forgetCursors(List.of(known));

    assertThat(session.cursors("orders.yaml"), contains(other));
  }

  @Test
  void aLedgerOfBeforeThereWereSinksIsBroughtUpToDate() {
    session.close();
    warehouse = new WarehouseFixture.DuckDb().empty(folder.resolve("old"));
    session = warehouse.open();
    try {
      session.query("ALTER TABLE tributary.cursors DROP COLUMN sink").close();
    } catch (java.io.IOException | QueryException e) {
      throw new IllegalStateException(e);
    }
    session.close();

    session = warehouse.open();

    publish("r1", move(null, "2024-05-01T10:00:00", null));
    assertThat(session.cursors(null).get(0).sink(), is("out"));
  }

  private PublishedTable publish(String runId, CursorMove move, StagedFile... files) {
    Publication publication =
        new Publication(
            run(runId, RunStatus.SUCCEEDED),
            List.of(table(write("shop.events", WriteMode.APPEND), EVENTS, files)),
            List.of(),
            List.of(),
            List.of(),
            List.of(move));
    return session.publish(publication).get(0);
  }

  private static CursorMove move(
      @Nullable String from, @Nullable String to, @Nullable String overlap) {
    CursorValue end = value("2030-01-01");
    CursorRange range = new CursorRange("at", from == null ? null : value(from), end);
    return new CursorMove("events", "out", range, to == null ? null : value(to), overlap);
  }

  private static CursorValue value(String text) {
    return CursorValue.parse(Type.DATETIME, text, ZoneOffset.UTC);
  }

  private StagedFile rowsAt(String runId, String... rows) {
    return StagedSql.stage(
        warehouse,
        runId,
        "SELECT id::BIGINT AS id, \"at\"::TIMESTAMP AS \"at\" FROM (VALUES ("
            + String.join("), (", rows)
            + ")) v(id, \"at\")");
  }

  private static String text(CursorEntry cursor) {
    return cursor.source()
        + " "
        + cursor.sink()
        + " "
        + cursor.column()
        + " "
        + cursor.value()
        + " "
        + cursor.runId();
  }
}
