package io.tributary.module;

import io.tributary.row.RowReader;
import io.tributary.row.Schema;
import io.tributary.spec.Problems;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where rows come from. Made from its parameters without connecting to anything; serializable,
 * because workers get a copy.
 *
 * <p>Methods that connect throw {@link io.tributary.failure.TransientException} or {@link
 * io.tributary.failure.PermanentException}.
 */
public interface Source<S extends Split> extends Serializable {

  /**
   * The schema of its rows; null after reporting why there is none. One problem per column that
   * cannot be read.
   */
  @Nullable Schema schema(SourceContext context, Problems problems);

  /**
   * Parts of about a million rows each; together every row exactly once. Called after {@link
   * #schema} found no error.
   */
  List<S> splits(SourceContext context);

  /**
   * Called once in the process that runs the extraction, before any split is opened there: the
   * place to begin a snapshot that all splits share, kept in {@link RunResources}.
   *
   * @param splits how many splits will be read: a single one needs no shared snapshot
   * @return what the report should say about consistency; empty when there is nothing to say
   */
  default Optional<String> begin(String runId, int splits, SourceContext context) {
    return Optional.empty();
  }

  /** How many splits may be read at once. */
  default int maxConnections() {
    return Integer.MAX_VALUE;
  }

  /**
   * Reads one split; its rows have the schema of {@link #schema}. Called by workers; several splits
   * may be open at once.
   */
  RowReader open(S split, Schema schema, ReadContext context) throws IOException;
}
