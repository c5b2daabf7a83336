package io.tributary.connector.mysql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.tributary.row.Column;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class TemporalsTest {
  private static final LocalDate FIRST = LocalDate.of(1, 1, 1);
  private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

  /** A row of the binary protocol with one DATE: bitmap, length, year, month, day. */
  private static byte[] packet(LocalDate date) {
    int year = date.getYear();
    return new byte[] {
      0,
      0,
      4,
      (byte) year,
      (byte) (year >> 8),
      (byte) date.getMonthValue(),
      (byte) date.getDayOfMonth()
    };
  }

  @Test
  void everyDayOfTheCalendarIsReadAsItsNumber() throws Exception {
    ColumnReader reader =
        Temporals.date(
            (column, out, text) -> {
              throw new UnreadableValueException("no day", text);
            });
    RowPacket in = new RowPacket(1);
    RowBuilder out = new RowBuilder(Schema.of(Column.required("day", Type.DATE)));
    LocalDate wrong = null;
    for (LocalDate day = FIRST; wrong == null && !day.isAfter(LAST); day = day.plusDays(1)) {
      in.begin(packet(day));
      reader.read(in, 0, out);
      if (out.longAt(0) != day.toEpochDay()) {
        wrong = day;
      }
    }

    assertThat(wrong, is((LocalDate) null));
  }
}
