package io.tributary.sql;

import io.tributary.row.Row;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** STRING, JSON and GEOGRAPHY as UTF-8, and BYTES: a slice, shared with the row where it can be. */
final class BytesExpr extends Expr {
  private static final byte[] NONE = {};

  byte[] bytes = NONE;
  int offset;
  int length;
  private final Body body;

  @FunctionalInterface
  interface Body {
    boolean evaluate(Row row, BytesExpr out) throws RowException;
  }

  /** A function of text that sets the result's slice; false for NULL. */
  @FunctionalInterface
  interface OfBytes {
    boolean apply(BytesExpr a, BytesExpr out) throws RowException;
  }

  BytesExpr(Body body) {
    this.body = body;
  }

  @Override
  boolean evaluate(Row row) throws RowException {
    return body.evaluate(row, this);
  }

  boolean set(byte[] array, int from, int count) {
    bytes = array;
    offset = from;
    length = count;
    return true;
  }

  boolean set(byte[] array) {
    return set(array, 0, array.length);
  }

  boolean set(String text) {
    return set(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  boolean take(Expr other) {
    BytesExpr slice = (BytesExpr) other;
    return set(slice.bytes, slice.offset, slice.length);
  }

  /** The value as a String; for functions that are not worth doing on UTF-8. */
  String text() {
    return new String(bytes, offset, length, StandardCharsets.UTF_8);
  }

  byte[] copy() {
    return Arrays.copyOfRange(bytes, offset, offset + length);
  }

  byte at(int index) {
    return bytes[offset + index];
  }

  /** By code points, which is the order of the bytes in UTF-8. */
  int compareTo(BytesExpr other) {
    return Arrays.compareUnsigned(
        bytes, offset, offset + length, other.bytes, other.offset, other.offset + other.length);
  }

  boolean sameAs(BytesExpr other) {
    return Arrays.equals(
        bytes, offset, offset + length, other.bytes, other.offset, other.offset + other.length);
  }

  static BytesExpr constant(byte[] value) {
    return new BytesExpr((row, out) -> out.set(value));
  }

  static BytesExpr constant(String value) {
    return constant(value.getBytes(StandardCharsets.UTF_8));
  }

  static BytesExpr column(int position) {
    return new BytesExpr(
        (row, out) ->
            !row.isNull(position)
                && out.set(row.bytes(position), row.offset(position), row.length(position)));
  }

  static BytesExpr of(BytesExpr a, OfBytes function) {
    return new BytesExpr((row, out) -> a.evaluate(row) && function.apply(a, out));
  }
}
