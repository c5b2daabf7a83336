package io.tributary.sql;

import io.tributary.row.Type;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An analysed expression as a tree of our own: what travels to workers. Every implicit cast is in
 * it. Immutable, serializable.
 */
sealed interface Node extends Serializable {

  /** The type of its value; null for the parts of a call that are no values, such as INTERVAL. */
  @Nullable Type type();

  Span span();

  /** Where the text of a node stands, in UTF-16 units from 0. */
  record Span(int start, int end) implements Serializable {
    /** Of what stands nowhere in the text. */
    static final Span NONE = new Span(0, 0);
  }

  /** A column of the row. */
  record Column(int position, String name, Type type, boolean nullable, Span span) implements Node {
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * A constant; null for NULL. Long for all that a row keeps in a long, but NUMERIC; Double;
   * BigDecimal; String; byte[]; List of String or Long for arrays.
   */
  record Literal(Type type, @Nullable Serializable value, Span span) implements Node {
    @Override
    public String toString() {
      return String.valueOf(value);
    }
  }

  /** The unit of a date or time function, such as MONTH. */
  record Part(DatePart part, Span span) implements Node {
    @Override
    public @Nullable Type type() {
      return null;
    }

    @Override
    public String toString() {
      return part.name();
    }
  }

  /**
   * A function or operator by the analyzer's name, such as {@code upper} or {@code $add}.
   *
   * @param safe whether an error makes NULL
   */
  record Call(String name, @Nullable Type type, List<Node> arguments, boolean safe, Span span)
      implements Node {
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public String toString() {
      return arguments.stream()
          .map(Node::toString)
          .collect(Collectors.joining(", ", name + "(", ")"));
    }
  }

  /**
   * A conversion, written or implied.
   *
   * @param safe whether an error makes NULL
   */
  record Cast(Node argument, Type type, boolean safe, Span span) implements Node {
    @Override
    public String toString() {
      return "cast(" + argument + " as " + type + ")";
    }
  }
}
