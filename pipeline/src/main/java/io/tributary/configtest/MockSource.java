package io.tributary.configtest;

import io.tributary.module.GivenRows;
import io.tributary.module.ModuleType;
import io.tributary.module.ReadContext;
import io.tributary.module.Source;
import io.tributary.module.SourceContext;
import io.tributary.module.Split;
import io.tributary.row.RowReader;
import io.tributary.row.Schema;
import io.tributary.spec.Problems;
import io.tributary.spec.Spec;
import java.util.List;

/** Stands in for a node and gives out the rows of a test. Connects to nothing. */
final class MockSource implements Source<MockSource.AllRows> {
  private static final long serialVersionUID = 1L;

  /**
   * @param rows that were found to fit the schema
   */
  record Parameters(GivenRows rows, Schema schema) {}

  /** Not made from keys of a config: a test makes its parameters. */
  static final Spec<Parameters> SPEC =
      Spec.source("mock")
          .summary("Gives out the rows of a test.")
          .into(
              in -> {
                throw new IllegalStateException("a mock is made by a test");
              });

  static final ModuleType<Parameters, MockSource> MODULE = new ModuleType<>(SPEC, MockSource::new);

  private final GivenRows rows;
  private final Schema schema;

  private MockSource(Parameters parameters) {
    this.rows = parameters.rows();
    this.schema = parameters.schema();
  }

  /** The one split of a mock. */
  record AllRows() implements Split {}

  @Override
  public Schema schema(SourceContext context, Problems problems) {
    return schema;
  }

  @Override
  public List<AllRows> splits(SourceContext context) {
    return List.of(new AllRows());
  }

  @Override
  public RowReader open(AllRows split, Schema columns, ReadContext context) {
    return rows.open(columns, context::reject);
  }
}
