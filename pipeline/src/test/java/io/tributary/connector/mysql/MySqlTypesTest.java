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

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every type of {@link MySqlTypes} at its edges. */
class MySqlTypesTest {

  @Test
  void readsIntegersExactly() throws Exception {
    TypeTable.in("types_int")
        .column("tinyint", "-128", INT64, -128L)
        .column("tinyint", "127", INT64, 127L)
        .column("tinyint unsigned", "255", INT64, 255L)
        .column("tinyint(1)", "2", INT64, 2L) // not BOOL: 2..127 would be lost
        .column("boolean", "true", INT64, 1L)
        .column("smallint", "-32768", INT64, -32768L)
        .column("smallint unsigned", "65535", INT64, 65535L)
        .column("mediumint", "-8388608", INT64, -8388608L)
        .column("mediumint unsigned", "16777215", INT64, 16777215L)
        .column("int", "-2147483648", INT64, -2147483648L)
        .column("int", "null", INT64, null)
        .column("int unsigned", "4294967295", INT64, 4294967295L)
        .column("int(8) zerofill", "42", INT64, 42L)
        .column("bigint", "-9223372036854775808", INT64, Long.MIN_VALUE)
        .column("bigint", "9223372036854775807", INT64, Long.MAX_VALUE)
        .column("bigint unsigned", "0", numeric(20, 0), BigDecimal.ZERO)
        .column(
            "bigint unsigned",
            "9223372036854775808",
            numeric(20, 0),
            new BigDecimal("9223372036854775808"))
        .column(
            "bigint unsigned",
            "18446744073709551615",
            numeric(20, 0),
            new BigDecimal("18446744073709551615"))
        .column("year", "1901", INT64, 1901L)
        .column("year", "2155", INT64, 2155L)
        .column("year", "0", INT64, 0L)
        .verify();
  }

  @Test
  void readsTinyint1AsBoolWhenAsked() throws Exception {
    TypeTable.in("types_bool")
        .with("tinyint1_as", "bool")
        .column("tinyint(1)", "0", BOOL, false)
        .column("tinyint(1)", "1", BOOL, true)
        .column("tinyint(1)", "-1", BOOL, true)
        .column("tinyint(1)", "null", BOOL, null)
        .column("tinyint(4)", "1", INT64, 1L)
        .verify();
  }

  @Test
  void readsBitsAsNumbers() throws Exception {
    TypeTable.in("types_bit")
        .column("bit(1)", "b'1'", BOOL, true)
        .column("bit(1)", "b'0'", BOOL, false)
        .column("bit(8)", "b'10000001'", INT64, 129L)
        .column("bit(63)", "9223372036854775807", INT64, Long.MAX_VALUE)
        .column(
            "bit(64)",
            "18446744073709551615",
            numeric(20, 0),
            new BigDecimal("18446744073709551615"))
        .column("bit(64)", "1", numeric(20, 0), BigDecimal.ONE)
        .verify();
  }

  @Test
  void readsDecimalsAtTheirScale() throws Exception {
    TypeTable.in("types_decimal")
        .column("decimal(12,2)", "-9999999999.99", numeric(12, 2), new BigDecimal("-9999999999.99"))
        .column("decimal(12,2)", "0", numeric(12, 2), new BigDecimal("0.00"))
        .column("decimal(12,2)", "-0.05", numeric(12, 2), new BigDecimal("-0.05"))
        .column("decimal(5,5)", "0.00001", numeric(5, 5), new BigDecimal("0.00001"))
        .column(
            "decimal(18,0)",
            "999999999999999999",
            numeric(18, 0),
            new BigDecimal("999999999999999999"))
        .column(
            "decimal(19,4)",
            "-123456789012345.6789",
            numeric(19, 4),
            new BigDecimal("-123456789012345.6789"))
        .column(
            "decimal(38,9)",
            "99999999999999999999999999999.999999999",
            numeric(38, 9),
            new BigDecimal("99999999999999999999999999999.999999999"))
        .column(
            "decimal(65,30)",
            "12345678901234567890123456789012345.012345678901234567890123456789",
            numeric(65, 30),
            new BigDecimal("12345678901234567890123456789012345.012345678901234567890123456789"))
        .column(
            "decimal(10,2) unsigned", "99999999.99", numeric(10, 2), new BigDecimal("99999999.99"))
        .column("decimal(10,2)", "null", numeric(10, 2), null)
        .verify();
  }

  @Test
  void readsFloatsAsTheDatabaseShowsThem() throws Exception {
    TypeTable.in("types_float")
        .column("float", "1.1", FLOAT64, 1.1) // not 1.10000002384
        .column("float", "-3.4028235e38", FLOAT64, -3.4028235e38)
        .column("float unsigned", "0.5", FLOAT64, 0.5)
        .column("double", "1.7976931348623157e308", FLOAT64, Double.MAX_VALUE)
        .column("double", "-0.1", FLOAT64, -0.1)
        .column("double", "5e-324", FLOAT64, Double.MIN_VALUE)
        .column("double unsigned", "2.5", FLOAT64, 2.5)
        .verify();
  }

  @Test
  void readsDatesAndTimesOfEveryPrecision() throws Exception {
    TypeTable.in("types_time")
        .column("date", "'0001-01-01'", DATE, LocalDate.of(1, 1, 1))
        .column("date", "'9999-12-31'", DATE, LocalDate.of(9999, 12, 31))
        .column("date", "'2024-02-29'", DATE, LocalDate.of(2024, 2, 29))
        .column("datetime", "'1000-01-01 00:00:00'", DATETIME, LocalDateTime.of(1000, 1, 1, 0, 0))
        .column(
            "datetime", "'2024-01-01 12:34:56'", DATETIME, LocalDateTime.of(2024, 1, 1, 12, 34, 56))
        .column(
            "datetime(6)",
            "'9999-12-31 23:59:59.999999'",
            DATETIME,
            LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000))
        .column(
            "datetime(3)",
            "'1969-12-31 23:59:59.999'",
            DATETIME,
            LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_000_000))
        // does not exist in New York, nor does the next one in Kathmandu
        .column("datetime", "'2024-03-10 02:30:00'", DATETIME, LocalDateTime.of(2024, 3, 10, 2, 30))
        .column("datetime", "'1986-01-01 00:10:00'", DATETIME, LocalDateTime.of(1986, 1, 1, 0, 10))
        .column("timestamp", "'1970-01-01 00:00:01'", TIMESTAMP, Instant.ofEpochSecond(1))
        .column(
            "timestamp(6)",
            "'2038-01-19 03:14:07.999999'",
            TIMESTAMP,
            Instant.parse("2038-01-19T03:14:07.999999Z"))
        .column(
            "timestamp", "'1985-12-31 18:25:00'", TIMESTAMP, Instant.parse("1985-12-31T18:25:00Z"))
        .column("time", "'-838:59:59'", STRING, "-838:59:59")
        .column("time", "'838:59:59'", STRING, "838:59:59")
        .column("time", "'00:00:00'", STRING, "00:00:00")
        .column("time(6)", "'-00:00:00.000001'", STRING, "-00:00:00.000001")
        .column("time(2)", "'12:00:00'", STRING, "12:00:00.00")
        .column("time", "null", STRING, null)
        .verify();
  }

  @Test
  void readsTimesOfTheDayAsTimeWhenAsked() throws Exception {
    TypeTable.in("types_time_of_day")
        .with("time_overflow", "reject")
        .column("time(6)", "'23:59:59.999999'", TIME, LocalTime.of(23, 59, 59, 999_999_000))
        .column("time", "'00:00:00'", TIME, LocalTime.MIDNIGHT)
        .verify();
  }

  @Test
  void setsDatesThatDoNotExistToNull() throws Exception {
    TypeTable.in("types_zero")
        .column("date", "'0000-00-00'", DATE, null)
        .column("date", "'2024-00-10'", DATE, null)
        .column("date", "'2024-01-00'", DATE, null)
        .column("date", "'2024-02-31'", DATE, null)
        .column("datetime", "'0000-00-00 00:00:00'", DATETIME, null)
        .column("datetime(6)", "'2023-00-00 01:02:03.5'", DATETIME, null)
        .column("timestamp", "'0000-00-00 00:00:00'", TIMESTAMP, null)
        .column("int", "7", INT64, 7L) // what follows is still in place
        .verify();
  }

  @Test
  void readsTextAsUnicode() throws Exception {
    TypeTable.in("types_text")
        .column("char(5)", "'ab'", STRING, "ab")
        .column("varchar(20)", "''", STRING, "")
        .column("varchar(20)", "null", STRING, null)
        .column("varchar(20)", "'naïve 😀 ไทย'", STRING, "naïve 😀 ไทย")
        .column("varchar(20) character set latin1", "'café'", STRING, "café")
        .column("varchar(20) character set utf16", "'😀'", STRING, "😀")
        .column("varchar(20)", "concat('a', char(0), 'b')", STRING, "a\0b")
        .column("tinytext", "repeat('x', 255)", STRING, "x".repeat(255))
        .column("text", "repeat('y', 65535)", STRING, "y".repeat(65535))
        .column("mediumtext", "repeat('z', 70000)", STRING, "z".repeat(70000))
        .column("longtext", "'l'", STRING, "l")
        .column("enum('small','large')", "'large'", STRING, "large")
        .column("set('a','b','c')", "'c,a'", STRING, "a,c")
        .column("set('a','b','c')", "''", STRING, "")
        .column(
            "uuid",
            "'123e4567-e89b-12d3-a456-426655440000'",
            STRING,
            "123e4567-e89b-12d3-a456-426655440000")
        .column("inet4", "'192.0.2.1'", STRING, "192.0.2.1")
        .column("inet6", "'2001:db8::ff00:42:8329'", STRING, "2001:db8::ff00:42:8329")
        .column("json", "'{\"a\": 12345678901234567890}'", STRING, "{\"a\": 12345678901234567890}")
        .verify();
  }

  @Test
  void readsDeclaredColumnsAsJson() throws Exception {
    TypeTable.in("types_json")
        .with("json_columns", List.of("c0", "C1"))
        .column("json", "'[1, {\"b\": null}]'", JSON, "[1, {\"b\": null}]")
        .column("text", "'\"just text\"'", JSON, "\"just text\"")
        .column("text", "'{}'", STRING, "{}")
        .verify();
  }

  @Test
  void readsBytesAsTheyAre() throws Exception {
    TypeTable.in("types_bytes")
        .column("binary(4)", "x'ff'", BYTES, bytes("ff000000"))
        .column("varbinary(10)", "x'00ff80'", BYTES, bytes("00ff80"))
        .column("varbinary(10)", "''", BYTES, bytes(""))
        .column("blob", "null", BYTES, null)
        .column("tinyblob", "x'01'", BYTES, bytes("01"))
        .column("mediumblob", "repeat(x'fe', 300)", BYTES, bytes("fe".repeat(300)))
        .column("longblob", "repeat(x'0a', 70000)", BYTES, bytes("0a".repeat(70000)))
        .column("varchar(5) character set binary", "'ab'", BYTES, bytes("6162"))
        .verify();
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }
}
