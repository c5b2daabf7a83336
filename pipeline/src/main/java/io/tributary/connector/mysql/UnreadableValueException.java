package io.tributary.connector.mysql;

/** A value that cannot be accepted; its row is rejected. Costs no stack trace. */
final class UnreadableValueException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String value;

  /**
   * @param reason for the user, without the value
   * @param value as the database writes it
   */
  UnreadableValueException(String reason, String value) {
    super(reason, null, false, false);
    this.value = value;
  }

  /** The value as text, for the record of the rejected row. */
  String value() {
    return value;
  }
}
