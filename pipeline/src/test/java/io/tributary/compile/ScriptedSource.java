package io.tributary.compile;

import io.tributary.failure.PermanentException;
import io.tributary.failure.TransientException;
import io.tributary.module.ReadContext;
import io.tributary.module.Source;
import io.tributary.module.SourceContext;
import io.tributary.module.Split;
import io.tributary.row.Column;
import io.tributary.row.RowBuilder;
import io.tributary.row.RowReader;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.spec.Problems;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Numbers from 0 up, in splits of equal size, that fails as often as it is told: a source to test
 * stages with.
 *
 * @param transientFailures how many attempts at each split break off in the middle
 * @param permanentlyBad whether every attempt breaks off for good
 * @param rejectEvery every how many rows one is rejected by the source; 0 for none
 */
record ScriptedSource(
    String name,
    int splits,
    int rowsPerSplit,
    int transientFailures,
    boolean permanentlyBad,
    int rejectEvery)
    implements Source<ScriptedSource.Part> {
  static final Schema SCHEMA = Schema.of(Column.required("n", Type.INT64));

  private static final Map<String, AtomicInteger> ATTEMPTS = new ConcurrentHashMap<>();

  record Part(int number) implements Split {}

  static ScriptedSource whole(String name, int splits, int rowsPerSplit) {
    return new ScriptedSource(name, splits, rowsPerSplit, 0, false, 0);
  }

  @Override
  public Schema schema(SourceContext context, Problems problems) {
    return SCHEMA;
  }

  @Override
  public List<Part> splits(SourceContext context) {
    return IntStream.range(0, splits).mapToObj(Part::new).toList();
  }

  @Override
  public RowReader open(Part split, Schema schema, ReadContext context) {
    int attempt =
        ATTEMPTS
            .computeIfAbsent(name + split.number(), key -> new AtomicInteger())
            .incrementAndGet();
    return new RowReader() {
      private int row;

      @Override
      public boolean next(RowBuilder out) {
        if (row == rowsPerSplit / 2 && permanentlyBad) {
          throw new PermanentException("broken for good after row " + row);
        }
        if (row == rowsPerSplit / 2 && attempt <= transientFailures) {
          throw new TransientException("connection lost after row " + row);
        }
        while (rejectEvery > 0 && row < rowsPerSplit && row % rejectEvery == 0) {
          context.reject("refused", "{\"n\":" + row + "}");
          row++;
        }
        if (row >= rowsPerSplit) {
          return false;
        }
        out.setLong(0, (long) split.number() * rowsPerSplit + row++);
        return true;
      }

      @Override
      public void close() {}
    };
  }
}
