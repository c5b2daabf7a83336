package io.tributary.connector.mysql;

import static io.tributary.row.Type.BOOL;
import static io.tributary.row.Type.BYTES;
import static io.tributary.row.Type.DATE;
import static io.tributary.row.Type.DATETIME;
import static io.tributary.row.Type.FLOAT64;
import static io.tributary.row.Type.INT64;
import static io.tributary.row.Type.JSON;
import static io.tributary.row.Type.STRING;
import static io.tributary.row.Type.TIME;
import static io.tributary.row.Type.TIMESTAMP;
import static io.tributary.row.Type.numeric;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.tributary.connector.mysql.Temporals.OnZeroDate;
import io.tributary.connector.mysql.ValueOptions.TimeOverflow;
import io.tributary.connector.mysql.ValueOptions.TinyInt1;
import io.tributary.row.RowBuilder;
import io.tributary.row.Type;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Every type of MariaDB and MySQL that is read, one line each; MySqlTypesTest has the same lines.
 */
final class MySqlTypes {
  private static final Type UNSIGNED_LONG = numeric(20, 0);
  private static final JsonFactory JSON_TEXT = new JsonFactory();
  private static final int MAX_FRACTION = 6;
  private static final int LONG_BITS = 63;

  private MySqlTypes() {}

  /**
   * How a column is read; empty when its type is not read at all.
   *
   * @param nativeJson whether the server's JSON is a type of its own (MySQL) or text (MariaDB)
   */
  static Optional<ColumnMapping> mapping(
      MySqlColumn column, ValueOptions options, boolean nativeJson, OnZeroDate onZeroDate) {
    boolean unsigned = column.unsigned();
    String name = column.name();
    return switch (column.typeName()) {
      case "TINYINT" -> {
        ColumnReader reader =
            unsigned
                ? (in, i, out) -> out.setLong(i, in.readUnsignedByte())
                : (in, i, out) -> out.setLong(i, in.readByte());
        // BOOL only when asked for: 2 to 127 would be lost
        yield column.precision() == 1 && options.tinyInt1() == TinyInt1.BOOL
            ? of(BOOL, (in, i, out) -> out.setLong(i, in.readByte() == 0 ? 0 : 1))
            : of(INT64, reader);
      }
      case "SMALLINT" ->
          of(
              INT64,
              unsigned
                  ? (in, i, out) -> out.setLong(i, in.readShort() & 0xffff)
                  : (in, i, out) -> out.setLong(i, in.readShort()));
      case "YEAR" -> of(INT64, (in, i, out) -> out.setLong(i, in.readShort() & 0xffff));
      case "MEDIUMINT", "INT", "INTEGER" ->
          of(
              INT64,
              unsigned
                  ? (in, i, out) -> out.setLong(i, Integer.toUnsignedLong(in.readInt()))
                  : (in, i, out) -> out.setLong(i, in.readInt()));
      // up to 2^64-1: does not fit a long
      case "BIGINT" ->
          unsigned
              ? of(UNSIGNED_LONG, (in, i, out) -> setUnsigned(out, i, in.readLong()))
              : of(INT64, (in, i, out) -> out.setLong(i, in.readLong()));
      case "DECIMAL" -> {
        Type type = numeric(column.precision(), column.scale());
        yield of(type, Decimals.reader(name, type));
      }
      // by its shortest decimal text, as the database shows it: 1.1, not 1.10000002384
      case "FLOAT" ->
          of(
              FLOAT64,
              (in, i, out) ->
                  out.setDouble(
                      i, Double.parseDouble(Float.toString(Float.intBitsToFloat(in.readInt())))));
      case "DOUBLE" ->
          of(FLOAT64, (in, i, out) -> out.setDouble(i, Double.longBitsToDouble(in.readLong())));
      case "BIT" -> bits(column.precision());
      case "DATE" -> of(DATE, Temporals.date(onZeroDate));
      // never through the JVM's zone, which would move times inside a daylight-saving gap
      case "DATETIME" -> of(DATETIME, Temporals.dateTime(onZeroDate));
      case "TIMESTAMP" -> of(TIMESTAMP, Temporals.dateTime(onZeroDate));
      case "TIME" ->
          options.timeOverflow() == TimeOverflow.REJECT
              ? of(TIME, Temporals.timeOfDay(name))
              : of(STRING, Temporals.timeText(Math.min(column.scale(), MAX_FRACTION)));
      case "CHAR",
          "VARCHAR",
          "TINYTEXT",
          "TEXT",
          "MEDIUMTEXT",
          "LONGTEXT",
          "ENUM",
          "SET",
          "UUID",
          "INET4",
          "INET6",
          "NULL" ->
          text(name, options.jsonColumns().contains(name.toLowerCase(Locale.ROOT)));
      case "JSON" ->
          text(name, nativeJson || options.jsonColumns().contains(name.toLowerCase(Locale.ROOT)));
      case "BINARY", "VARBINARY", "TINYBLOB", "BLOB", "MEDIUMBLOB", "LONGBLOB" ->
          of(BYTES, MySqlTypes::slice);
      default -> Optional.empty();
    };
  }

  private static Optional<ColumnMapping> of(Type type, ColumnReader reader) {
    return Optional.of(new ColumnMapping(type, reader));
  }

  private static Optional<ColumnMapping> bits(int width) {
    if (width == 1) {
      return of(BOOL, (in, i, out) -> out.setLong(i, readBits(in)));
    }
    return width <= LONG_BITS
        ? of(INT64, (in, i, out) -> out.setLong(i, readBits(in)))
        : of(UNSIGNED_LONG, (in, i, out) -> setUnsigned(out, i, readBits(in)));
  }

  /** BIT comes as bytes, the highest first. */
  private static long readBits(RowPacket in) {
    long value = 0;
    for (int left = in.readLength(); left > 0; left--) {
      value = value << 8 | in.readUnsignedByte();
    }
    return value;
  }

  private static void setUnsigned(RowBuilder out, int column, long bits) {
    BigDecimal value =
        bits >= 0
            ? BigDecimal.valueOf(bits)
            : new BigDecimal(new BigInteger(Long.toUnsignedString(bits)));
    out.setObject(column, value);
  }

  private static Optional<ColumnMapping> text(String name, boolean json) {
    return json ? of(JSON, json(name)) : of(STRING, MySqlTypes::slice);
  }

  /** Text and bytes stay where they are, in the packet. */
  private static void slice(RowPacket in, int column, RowBuilder out) {
    int length = in.readLength();
    out.setBytes(column, in.bytes(), in.skip(length), length);
  }

  private static ColumnReader json(String name) {
    return (in, column, out) -> {
      int length = in.readLength();
      int from = in.skip(length);
      try (JsonParser parser = JSON_TEXT.createParser(in.bytes(), from, length)) {
        if (parser.nextToken() == null) {
          throw notJson(name, in.bytes(), from, length);
        }
        parser.skipChildren();
        if (parser.nextToken() != null) {
          throw notJson(name, in.bytes(), from, length);
        }
      } catch (IOException e) {
        throw notJson(name, in.bytes(), from, length);
      }
      out.setBytes(column, in.bytes(), from, length);
    };
  }

  private static UnreadableValueException notJson(String name, byte[] bytes, int from, int length) {
    return new UnreadableValueException(
        "`" + name + "` does not hold JSON",
        new String(bytes, from, length, StandardCharsets.UTF_8));
  }
}
