package io.tributary.row;

import java.util.ArrayList;
import java.util.List;

/**
 * Copies chosen columns of rows into columns of the same types of another row; what each of them
 * needs is decided once. Slices are shared, not copied. Thread-safe.
 */
public final class ColumnCopies {
  private final int[] longsFrom;
  private final int[] longsTo;
  private final int[] slicesFrom;
  private final int[] slicesTo;
  private final int[] othersFrom;
  private final int[] othersTo;

  /** A column and the one it is copied into. */
  public record Pair(int from, int to) {}

  /**
   * @param types of the rows that are filled
   */
  public ColumnCopies(Schema types, List<Pair> pairs) {
    List<Pair> longs = new ArrayList<>();
    List<Pair> slices = new ArrayList<>();
    List<Pair> others = new ArrayList<>();
    for (Pair pair : pairs) {
      switch (types.type(pair.to()).slot()) {
        case LONG -> longs.add(pair);
        case BYTES -> slices.add(pair);
        case DOUBLE, OBJECT -> others.add(pair);
      }
    }
    this.longsFrom = longs.stream().mapToInt(Pair::from).toArray();
    this.longsTo = longs.stream().mapToInt(Pair::to).toArray();
    this.slicesFrom = slices.stream().mapToInt(Pair::from).toArray();
    this.slicesTo = slices.stream().mapToInt(Pair::to).toArray();
    this.othersFrom = others.stream().mapToInt(Pair::from).toArray();
    this.othersTo = others.stream().mapToInt(Pair::to).toArray();
  }

  /** Copies the columns of one row. */
  public void copy(Row in, RowBuilder out) {
    for (int i = 0; i < longsFrom.length; i++) {
      if (in.isNull(longsFrom[i])) {
        out.setNull(longsTo[i]);
      } else {
        out.setLong(longsTo[i], in.longAt(longsFrom[i]));
      }
    }
    for (int i = 0; i < slicesFrom.length; i++) {
      int from = slicesFrom[i];
      if (in.isNull(from)) {
        out.setNull(slicesTo[i]);
      } else {
        out.setBytes(slicesTo[i], in.bytes(from), in.offset(from), in.length(from));
      }
    }
    for (int i = 0; i < othersFrom.length; i++) {
      out.copyFrom(othersTo[i], in, othersFrom[i]);
    }
  }
}
