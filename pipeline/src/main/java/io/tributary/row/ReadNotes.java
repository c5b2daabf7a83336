package io.tributary.row;

/** What a reader tells about rows and values that it cannot give out as they are. */
public interface ReadNotes {

  /**
   * Keeps a row that cannot be read, with the reason, instead of giving it out.
   *
   * @param rowJson the row as far as it could be read, as a JSON object
   */
  void reject(String reason, String rowJson);

  /**
   * Counts something the report should mention, such as {@code zero dates set to NULL in
   * created_at}.
   */
  void tally(String what, long times);
}
