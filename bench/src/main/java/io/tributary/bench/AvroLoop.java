package io.tributary.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Encoder;

/**
 * The reference: what a careful programmer writes by hand to bring the table {@code orders} into
 * Avro files (zstd-1): two connections, the driver's binary protocol and typed getters, each value
 * encoded at once, without a record in between. No Beam, no transforms, no warehouse. Arguments:
 * JDBC URL, table, number of rows, output folder.
 */
public final class AvroLoop {
  private static final int CONNECTIONS = 2;
  private static final int FETCH_SIZE = 10_000;
  private static final int ZSTD_LEVEL = 1;
  private static final long MICROS = 1_000_000;

  /** Encodes the value of one column, which may be NULL only where {@code nullable} is set. */
  @FunctionalInterface
  private interface Value {
    void write(ResultSet row, int position, boolean nullable, Encoder out)
        throws SQLException, IOException;
  }

  private record Column(String name, Schema type, boolean nullable, Value value) {}

  private static final Schema INTEGER = SchemaBuilder.builder().longType();
  private static final Schema NUMBER = SchemaBuilder.builder().doubleType();
  private static final Schema TEXT = SchemaBuilder.builder().stringType();
  private static final Schema MONEY =
      LogicalTypes.decimal(12, 2).addToSchema(SchemaBuilder.builder().bytesType());
  private static final Schema MOMENT =
      LogicalTypes.localTimestampMicros().addToSchema(SchemaBuilder.builder().longType());
  private static final Schema DAY =
      LogicalTypes.date().addToSchema(SchemaBuilder.builder().intType());

  private static final List<Column> COLUMNS =
      List.of(
          new Column("id", INTEGER, false, AvroLoop::integer),
          new Column("customer_id", INTEGER, false, AvroLoop::integer),
          new Column("store_id", INTEGER, false, AvroLoop::integer),
          new Column("status", TEXT, false, AvroLoop::text),
          new Column("channel", TEXT, true, AvroLoop::text),
          new Column("currency", TEXT, false, AvroLoop::text),
          new Column("amount", MONEY, false, AvroLoop::money),
          new Column("tax", MONEY, false, AvroLoop::money),
          new Column("discount", MONEY, true, AvroLoop::money),
          new Column("quantity", INTEGER, false, AvroLoop::integer),
          new Column("weight_kg", NUMBER, true, AvroLoop::number),
          new Column("is_gift", INTEGER, false, AvroLoop::integer),
          new Column("created_at", MOMENT, false, AvroLoop::moment),
          new Column("updated_at", MOMENT, true, AvroLoop::moment),
          new Column("order_date", DAY, false, AvroLoop::day),
          new Column("email", TEXT, false, AvroLoop::text),
          new Column("sku", TEXT, false, AvroLoop::text),
          new Column("shipping_city", TEXT, true, AvroLoop::text),
          new Column("note", TEXT, true, AvroLoop::text),
          new Column("attrs", TEXT, true, AvroLoop::text));

  private AvroLoop() {}

  public static void main(String[] arguments) throws Exception {
    String url = arguments[0];
    String table = arguments[1];
    long rows = Long.parseLong(arguments[2]);
    Path folder = Path.of(arguments[3]);
    Files.createDirectories(folder);
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Future<Long>> parts = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        long from = rows * i / CONNECTIONS;
        long to = rows * (i + 1) / CONNECTIONS;
        File file = folder.resolve("part-" + i + ".avro").toFile();
        Callable<Long> part = () -> copy(url, table, from, to, file);
        parts.add(threads.submit(part));
      }
      long written = 0;
      for (Future<Long> part : parts) {
        written += part.get();
      }
      if (written != rows) {
        throw new IllegalStateException(written + " rows written instead of " + rows);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Rows with keys above {@code from}, up to and with {@code to}; returns how many. */
  private static long copy(String url, String table, long from, long to, File file)
      throws Exception {
    String names = String.join(", ", COLUMNS.stream().map(Column::name).toList());
    String sql = "select " + names + " from " + table + " where id > " + from + " and id <= " + to;
    long rows = 0;
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        DataFileWriter<ResultSet> writer = new DataFileWriter<>(new RowWriter())) {
      statement.setFetchSize(FETCH_SIZE);
      writer.setCodec(CodecFactory.zstandardCodec(ZSTD_LEVEL));
      writer.create(schema(), file);
      try (ResultSet result = statement.executeQuery(sql)) {
        while (result.next()) {
          writer.append(result);
          rows++;
        }
      }
    }
    return rows;
  }

  /** How many rows a file has. */
  static long rows(File file) throws IOException {
    long rows = 0;
    try (DataFileReader<Object> reader = new DataFileReader<>(file, new GenericDatumReader<>())) {
      while (reader.hasNext()) {
        rows += reader.getBlockCount();
        reader.nextBlock();
      }
    }
    return rows;
  }

  private static Schema schema() {
    SchemaBuilder.FieldAssembler<Schema> fields = SchemaBuilder.record("orders").fields();
    for (Column column : COLUMNS) {
      Schema type =
          column.nullable()
              ? Schema.createUnion(SchemaBuilder.builder().nullType(), column.type())
              : column.type();
      fields.name(column.name()).type(type).noDefault();
    }
    return fields.endRecord();
  }

  /** Encodes the current row of a result. */
  private static final class RowWriter implements DatumWriter<ResultSet> {
    @Override
    public void setSchema(Schema schema) {}

    @Override
    public void write(ResultSet row, Encoder out) throws IOException {
      try {
        for (int i = 0; i < COLUMNS.size(); i++) {
          Column column = COLUMNS.get(i);
          column.value().write(row, i + 1, column.nullable(), out);
        }
      } catch (SQLException e) {
        throw new UncheckedIOException(new IOException(e));
      }
    }
  }

  /** Begins a value: which branch of the union it is. Whether there is one. */
  private static boolean begin(boolean isNull, boolean nullable, Encoder out) throws IOException {
    if (nullable) {
      out.writeIndex(isNull ? 0 : 1);
    }
    return !isNull;
  }

  private static void integer(ResultSet row, int position, boolean nullable, Encoder out)
      throws SQLException, IOException {
    long value = row.getLong(position);
    if (begin(row.wasNull(), nullable, out)) {
      out.writeLong(value);
    }
  }

  private static void number(ResultSet row, int position, boolean nullable, Encoder out)
      throws SQLException, IOException {
    double value = row.getDouble(position);
    if (begin(row.wasNull(), nullable, out)) {
      out.writeDouble(value);
    }
  }

  private static void text(ResultSet row, int position, boolean nullable, Encoder out)
      throws SQLException, IOException {
    String value = row.getString(position);
    if (begin(value == null, nullable, out) && value != null) {
      out.writeBytes(value.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void money(ResultSet row, int position, boolean nullable, Encoder out)
      throws SQLException, IOException {
    BigDecimal value = row.getBigDecimal(position);
    if (begin(value == null, nullable, out) && value != null) {
      out.writeBytes(ByteBuffer.wrap(value.unscaledValue().toByteArray()));
    }
  }

  private static void moment(ResultSet row, int position, boolean nullable, Encoder out)
      throws SQLException, IOException {
    LocalDateTime value = row.getObject(position, LocalDateTime.class);
    if (begin(value == null, nullable, out) && value != null) {
      out.writeLong(value.toEpochSecond(ZoneOffset.UTC) * MICROS + value.getNano() / 1000);
    }
  }

  private static void day(ResultSet row, int position, boolean nullable, Encoder out)
      throws SQLException, IOException {
    LocalDate value = row.getObject(position, LocalDate.class);
    if (begin(value == null, nullable, out) && value != null) {
      out.writeInt(Math.toIntExact(value.toEpochDay()));
    }
  }
}
