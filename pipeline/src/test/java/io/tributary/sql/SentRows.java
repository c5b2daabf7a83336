package io.tributary.sql;

import io.tributary.module.RowFunction;
import io.tributary.row.Row;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a row function sends on, as text. */
public final class SentRows implements RowFunction.Output {
  private final List<String> sent = new ArrayList<>();

  public List<String> all() {
    return List.copyOf(sent);
  }

  @Override
  public void emit(Row row) {
    sent.add(row.toString());
  }

  @Override
  public void filtered() {
    sent.add("filtered");
  }

  @Override
  public void reject(Row row, String reason) {
    sent.add("rejected " + row + ": " + reason);
  }
}
