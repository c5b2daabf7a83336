package io.tributary.row.format;

import io.tributary.row.ReadNotes;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of the values of the row that is read: the first that does not fit, and digits that
 * were cut off. Not thread-safe.
 */
final class ReadLosses {
  private final Map<String, Long> cuts = new TreeMap<>();
  private @Nullable String misfit;

  /** Digits below the microsecond of a value were cut off. */
  void cut(String column) {
    cuts.merge(column, 1L, Long::sum);
  }

  /** A value of the row does not fit its column. */
  void misfit(String column, String reason) {
    if (misfit == null) {
      misfit = "column `" + column + "` " + reason;
    }
  }

  /** What does not fit in the row, null when all does; the next row begins without. */
  @Nullable String takeMisfit() {
    String taken = misfit;
    misfit = null;
    return taken;
  }

  /** Tells the digits cut off so far; told once. */
  void tally(ReadNotes notes) {
    cuts.forEach((column, times) -> notes.tally("nanoseconds cut off in " + column, times));
    cuts.clear();
  }
}
