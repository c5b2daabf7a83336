package io.tributary.cli;

import io.tributary.warehouse.CursorMove;

/** Cursors for people. */
final class CursorText {
  private CursorText() {}

  /** What a sink takes, and where it goes on. */
  static String read(CursorMove move) {
    String range = move.range().isEmpty() ? "nothing new" : move.range().toString();
    if (move.to() == null) {
      return range + ", moves no cursor";
    }
    return range + (move.to().equals(move.range().to()) ? "" : ", and goes on from " + move.to());
  }
}
