package io.tributary.connector;

import io.tributary.module.ReadContext;
import io.tributary.module.Source;
import io.tributary.module.SourceContext;
import io.tributary.module.Split;
import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.RowReader;
import io.tributary.row.Schema;
import io.tributary.spec.Arguments;
import io.tributary.spec.Environment;
import io.tributary.spec.Field;
import io.tributary.spec.Problems;
import io.tributary.spec.Spec;
import io.tributary.warehouse.Warehouse;
import io.tributary.warehouse.WarehouseSession;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plans and reads a source as a run does: the source and its splits travel to a worker in between.
 */
public final class SourceProbe<S extends Split> {
  private final Source<S> source;
  private final SourceContext context;
  private final ProblemList problems = new ProblemList();
  private final List<String> rejected = new ArrayList<>();

  public SourceProbe(Source<S> source, Path folder) {
    this.source = source;
    this.context =
        new SourceContext(
            new Environment(Map.of(), folder),
            folder.toString(),
            Instant.EPOCH,
            ZoneOffset.UTC,
            new NoWarehouse());
  }

  /** Parameters of plain values, as the binder makes them; null when a value was wrong. */
  public static <P> @Nullable P parameters(
      Spec<P> spec, Map<String, Object> plain, Problems problems) {
    int errors = problems.errors();
    Map<String, Object> values = new HashMap<>();
    plain.forEach(
        (key, value) -> {
          Field<?> field = spec.field(key).orElseThrow();
          Object typed = field.shape().parse(value, problems.at(key));
          if (typed != null) {
            values.put(key, typed);
          }
        });
    return problems.errors() > errors
        ? null
        : spec.factory().apply(new Arguments(values), problems);
  }

  public @Nullable Schema schema() {
    return source.schema(context, problems);
  }

  public List<S> splits() {
    return source.splits(context);
  }

  public List<String> problems() {
    return problems.found();
  }

  /** Reason and row of each row that was rejected, separated by a bar. */
  public List<String> rejected() {
    return rejected;
  }

  /** All rows of all splits. */
  public List<Row> rows() throws IOException {
    Schema schema = schema();
    if (schema == null) {
      throw new AssertionError("no schema: " + problems.found());
    }
    Source<S> worker = travelled(source);
    List<Row> rows = new ArrayList<>();
    for (S split : splits()) {
      RowBuilder row = new RowBuilder(schema);
      try (RowReader reader = worker.open(travelled(split), schema, new Rejecting())) {
        while (reader.next(row)) {
          rows.add(row.copy());
          row.clear();
        }
      }
    }
    return rows;
  }

  @SuppressWarnings("unchecked")
  private static <T> T travelled(T object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Rejecting implements ReadContext {
    @Override
    public String runId() {
      return "run-1";
    }

    @Override
    public Environment environment() {
      return context.environment();
    }

    @Override
    public Warehouse warehouse() {
      return context.warehouse();
    }

    @Override
    public void reject(String reason, String rowJson) {
      rejected.add(reason + " | " + rowJson);
    }

    @Override
    public void tally(String what, long times) {
      throw new AssertionError(what);
    }
  }

  /** For sources that need none. */
  private static final class NoWarehouse implements Warehouse {
    private static UnsupportedOperationException none() {
      return new UnsupportedOperationException("this source needs no warehouse");
    }

    @Override
    public String address() {
      throw none();
    }

    @Override
    public String describe() {
      throw none();
    }

    @Override
    public String stagingFolder(String runId) {
      throw none();
    }

    @Override
    public WarehouseSession open() {
      throw none();
    }

    @Override
    public boolean exists() {
      throw none();
    }

    @Override
    public Optional<RunLock> tryLock(String config, String runId) {
      throw none();
    }

    @Override
    public Optional<String> lockHolder(String config) {
      throw none();
    }

    @Override
    public boolean isAlive(String runId) {
      throw none();
    }
  }
}
