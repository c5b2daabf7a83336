package io.tributary.sql;

import io.tributary.row.Row;
import io.tributary.row.RowBuilder;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.spec.Code;
import io.tributary.spec.Problems;
import io.tributary.spec.SqlText;
import io.tributary.sql.Analyzer.AnalysisException;
import io.tributary.sql.Analyzer.AnalyzerUnavailableException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A GoogleSQL expression, analysed against a schema. Immutable, serializable: a tree of our own,
 * for which workers need no analyzer. The analyzer is loaded by {@link #analyze} and {@link
 * #checkSyntax} only.
 */
public final class SqlExpression implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(SqlExpression.class);

  private final Node root;
  private final Type type;
  private final boolean nullable;
  private final ZoneId zone;

  private SqlExpression(Node root, Type type, boolean nullable, ZoneId zone) {
    this.root = root;
    this.type = type;
    this.nullable = nullable;
    this.zone = zone;
  }

  /**
   * Begins to load the analyzer on a thread of its own, so that it is there when the first
   * expression comes. Calling it again costs nothing; that it cannot be loaded is told by {@link
   * #analyze}.
   */
  public static void prepare() {
    Thread loading =
        new Thread(
            () -> {
              try {
                Analyzer.get();
              } catch (Analyzer.AnalyzerUnavailableException e) {
                LOG.debug("analyzer not loaded", e);
              }
            },
            "tributary-analyzer");
    loading.setDaemon(true);
    loading.start();
  }

  /**
   * Analyses an expression; its problems point into the text.
   *
   * @param expected the kind of type that is wanted; null for any
   * @param now what {@code CURRENT_TIMESTAMP} means
   * @param zone the zone of dates and wall clocks where the text names none
   * @return null after reporting what is wrong
   */
  public static @Nullable SqlExpression analyze(
      SqlText text,
      Schema input,
      @Nullable Type expected,
      Instant now,
      ZoneId zone,
      Problems problems) {
    TextPositions positions = new TextPositions(text.text());
    try {
      Node root =
          new TreeReader(input, positions, now, zone)
              .read(Analyzer.get().analyze(text.text(), input, zone));
      new Binder(zone).bind(root); // finds what is not supported
      Type type = Objects.requireNonNull(root.type(), "bound without a type");
      if (expected != null && type.kind() != expected.kind()) {
        problems.error(
            Code.TR202,
            "the expression is " + type + ", but " + expected + " is needed here",
            expected.equals(Type.BOOL) ? "write a condition, such as `amount > 0`" : null);
        return null;
      }
      return new SqlExpression(root, type, Nullability.of(root), zone);
    } catch (AnalysisException e) {
      AnalysisErrors.ofExpression(positions, input).report(e.getMessage(), problems);
    } catch (BindException e) {
      int length = e.span().end() - e.span().start();
      (length > 0 ? problems.within(e.span().start(), length) : problems)
          .error(e.code(), Objects.requireNonNull(e.getMessage()), e.fix());
    } catch (AnalyzerUnavailableException e) {
      problems.error(Code.TR217, AnalysisErrors.UNAVAILABLE, AnalysisErrors.PLATFORMS);
    }
    return null;
  }

  /** Checks that an expression parses, without a schema; reports {@link Code#TR121} only. */
  public static void checkSyntax(SqlText expression, Problems problems) {
    String text = expression.text();
    try {
      Analyzer.get().analyze(text, Schema.of(), ZoneId.of("UTC"));
    } catch (AnalysisException e) {
      AnalysisErrors errors = AnalysisErrors.ofExpression(new TextPositions(text), Schema.of());
      if (AnalysisErrors.isSyntax(e.getMessage())) {
        errors.report(e.getMessage(), problems);
      }
    } catch (AnalyzerUnavailableException e) {
      problems.warning(Code.TR121, AnalysisErrors.UNAVAILABLE, AnalysisErrors.PLATFORMS);
    }
  }

  /** The type of its values; a plain column's is the column's own. */
  public Type type() {
    return type;
  }

  public boolean nullable() {
    return nullable;
  }

  /** The position of the column that the expression merely names; -1 for any other expression. */
  public int column() {
    return root instanceof Node.Column column ? column.position() : -1;
  }

  /**
   * The expression as a condition, for one thread.
   *
   * @throws IllegalStateException when it is not BOOL
   */
  public RowPredicate predicate() {
    if (type.kind() != Type.Kind.BOOL) {
      throw new IllegalStateException(type + " is no condition");
    }
    LongExpr condition = (LongExpr) bind(root, zone);
    return condition::isTrue;
  }

  /** The expression as the value of a column of its type, for one thread. */
  public RowAssignment assignment() {
    return assignment(root, type, zone);
  }

  /** The values of a tree that can be bound. */
  static RowAssignment assignment(Node root, Type type, ZoneId zone) {
    if (root instanceof Node.Column column) {
      int position = column.position();
      return (in, out, target) -> out.copyFrom(target, in, position);
    }
    Expr bound = bind(root, zone);
    if (bound instanceof DecimalExpr decimal) {
      return (in, out, target) -> assign(decimal, type, in, out, target);
    }
    if (bound instanceof LongExpr number) {
      return (in, out, target) -> {
        if (number.evaluate(in)) {
          out.setLong(target, number.value);
        } else {
          out.setNull(target);
        }
      };
    }
    if (bound instanceof DoubleExpr number) {
      return (in, out, target) -> {
        if (number.evaluate(in)) {
          out.setDouble(target, number.value);
        } else {
          out.setNull(target);
        }
      };
    }
    if (bound instanceof BytesExpr slice) {
      return (in, out, target) -> {
        if (slice.evaluate(in)) {
          out.setBytes(target, slice.bytes, slice.offset, slice.length);
        } else {
          out.setNull(target);
        }
      };
    }
    ObjectExpr object = (ObjectExpr) bound;
    return (in, out, target) -> {
      if (object.evaluate(in)) {
        out.setObject(target, object.value);
      } else {
        out.setNull(target);
      }
    };
  }

  private static void assign(DecimalExpr decimal, Type type, Row in, RowBuilder out, int target)
      throws RowException {
    if (!decimal.evaluate(in)) {
      out.setNull(target);
      return;
    }
    boolean isLong = type.slot() == Type.Slot.LONG;
    if (isLong && decimal.big == null && decimal.scale == type.scale()) {
      out.setLong(target, decimal.unscaled);
      return;
    }
    BigDecimal value = Decimals.atScale(decimal, type.scale());
    if (value.precision() > type.precision()) {
      throw Decimals.overflow(type);
    }
    if (isLong) {
      out.setLong(target, value.unscaledValue().longValue());
    } else {
      out.setObject(target, value);
    }
  }

  private static Expr bind(Node root, ZoneId zone) {
    try {
      return new Binder(zone).bind(root);
    } catch (BindException e) {
      throw new IllegalStateException("bound when it was analysed, but not again: " + root, e);
    }
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
