package io.tributary.warehouse;

import java.io.Serializable;
import java.util.Locale;

/**
 * A difference between the rows of a sink and its table, and what is done about it.
 *
 * @param column its name in the rows, or in the table when the rows lack it
 * @param detail for people, in a few words
 */
public record ColumnChange(String column, Kind kind, String detail) implements Serializable {

  /** What is done. */
  public enum Kind {
    /** The column is added to the table. */
    ADDED(false),
    /** The type of the table's column is widened. */
    WIDENED(false),
    /** The rows' column is left out. */
    DROPPED(true),
    /** Rows with a value in the column are rejected. */
    REJECTED(true),
    /** The rows lack the column: it is NULL in new rows. */
    MISSING(true),
    /** A difference that an earlier run found and worked round is no more. */
    ENDED(false);

    private final boolean standing;

    Kind(boolean standing) {
      this.standing = standing;
    }

    /** Whether the difference is there after the run, too, so that the next one meets it again. */
    public boolean isStanding() {
      return standing;
    }

    /** The word in the ledger and in reports. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Kind of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** {@code column `note` added: STRING}. */
  @Override
  public String toString() {
    return "column `" + column + "` " + kind.word() + ": " + detail;
  }
}
