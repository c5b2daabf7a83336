package io.tributary.connector.bigquery;

import io.tributary.failure.PermanentException;
import io.tributary.row.RowBuilder;
import io.tributary.row.RowReader;
import io.tributary.row.Schema;
import io.tributary.row.Type.Kind;
import io.tributary.warehouse.QueryException;
import io.tributary.warehouse.QueryResult;
import io.tributary.warehouse.WarehouseSession;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The rows of a query. Owns its session. */
final class WarehouseRowReader implements RowReader {
  private final WarehouseSession session;
  private final QueryResult result;

  /** The row as the warehouse gives it; null when that is the row that is asked for. */
  private final @Nullable RowBuilder raw;

  WarehouseRowReader(WarehouseSession session, WarehouseQuery query, Schema schema) {
    this.session = session;
    try {
      this.result = session.read(query.sql());
    } catch (QueryException e) {
      session.close();
      throw new PermanentException("warehouse query: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
    boolean textual = false;
    for (int i = 0; i < schema.size(); i++) {
      textual |= isTextual(schema, i);
    }
    this.raw = textual ? new RowBuilder(result.schema()) : null;
  }

  /** A warehouse without wide decimals keeps them as text. */
  private boolean isTextual(Schema schema, int column) {
    return schema.type(column).kind() == Kind.BIGNUMERIC
        && result.schema().type(column).kind() == Kind.STRING;
  }

  @Override
  public boolean next(RowBuilder out) throws IOException {
    if (raw == null) {
      return result.next(out);
    }
    if (!result.next(raw)) {
      return false;
    }
    for (int i = 0; i < out.schema().size(); i++) {
      if (isTextual(out.schema(), i)) {
        Object text = raw.get(i);
        out.set(i, text == null ? null : new BigDecimal(text.toString()));
      } else {
        out.copyFrom(i, raw, i);
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    try {
      result.close();
    } finally {
      session.close();
    }
  }
}
