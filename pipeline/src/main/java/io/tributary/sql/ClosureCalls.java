package io.tributary.sql;

import com.google.common.hash.Hashing;
import io.tributary.row.Type;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Calls of the closures from DuckDB's SQL: what DuckDB computes differently from BigQuery is
 * computed by the same closures as in {@code filter} and {@code select}. Values go in and out as
 * booleans, integers, doubles, decimals and texts, the types that the driver passes fast.
 */
final class ClosureCalls {
  private static final String PREFIX = "tributary_";

  private final ZoneId zone;
  private final Map<String, SqlFunction> functions = new LinkedHashMap<>();

  ClosureCalls(ZoneId zone) {
    this.zone = zone;
  }

  /** The functions that a text calls; others were made part of a larger one. */
  List<SqlFunction> calledIn(String sql) {
    return functions.values().stream()
        .filter(function -> sql.contains(function.name() + "("))
        .toList();
  }

  /** A call as a tree over the values that are passed to it. */
  record Closure(Node body, List<DuckDbSql> passed) {}

  /** What a call is made of: arguments that are part of the function, and those that are passed. */
  static final class Arguments {
    private final List<Node> nodes = new ArrayList<>();
    private final List<DuckDbSql> passed = new ArrayList<>();

    /** A constant or a part of a date: the closure is made for it. */
    Arguments fixed(Node constant) {
      nodes.add(constant);
      return this;
    }

    /** A value of DuckDB's; what another closure computes becomes part of this one. */
    Arguments passed(DuckDbSql value, Node.Span span) {
      ClosureCalls.Closure closure = value.closure();
      if (closure == null) {
        int position = passed.size();
        nodes.add(new Node.Column(position, "p" + position, value.type(), true, span));
        passed.add(value);
      } else {
        nodes.add(shifted(closure.body(), passed.size()));
        passed.addAll(closure.passed());
      }
      return this;
    }

    private static Node shifted(Node node, int by) {
      if (node instanceof Node.Column column) {
        int position = column.position() + by;
        return new Node.Column(
            position, "p" + position, column.type(), column.nullable(), column.span());
      }
      if (node instanceof Node.Call call) {
        List<Node> arguments =
            call.arguments().stream().map(argument -> shifted(argument, by)).toList();
        return new Node.Call(call.name(), call.type(), arguments, call.safe(), call.span());
      }
      if (node instanceof Node.Cast cast) {
        return new Node.Cast(shifted(cast.argument(), by), cast.type(), cast.safe(), cast.span());
      }
      return node;
    }

    List<Node> nodes() {
      return nodes;
    }
  }

  /**
   * @param body reads the arguments that are passed as columns
   * @throws BindException when neither the closures can compute it
   */
  DuckDbSql call(String verb, Node body, Arguments arguments, Type declared) throws BindException {
    List<Type> types = arguments.passed.stream().map(DuckDbSql::type).toList();
    for (Type type : types) {
      requirePassable(type, verb, body.span());
    }
    SqlFunction function = SqlFunction.of(name(verb, body, types), types, body, zone);
    requirePassable(function.result(), verb, body.span());
    functions.putIfAbsent(function.name(), function);
    StringBuilder call = new StringBuilder(function.name()).append('(');
    String separator = "";
    for (DuckDbSql argument : arguments.passed) {
      call.append(separator).append(passed(argument));
      separator = ", ";
    }
    String value = received(call.append(')').toString(), function.result());
    Closure closure = new Closure(body, List.copyOf(arguments.passed));
    return new DuckDbSql(value, function.result(), declared, true, closure);
  }

  /** Tells functions apart by all that they are made of. */
  private String name(String verb, Node body, List<Type> types) {
    String definition = Definition.of(body) + types + zone;
    String digest = Hashing.sha256().hashString(definition, StandardCharsets.UTF_8).toString();
    return PREFIX + verb.replaceAll("[^a-z0-9_]", "") + "_" + digest.substring(0, 10);
  }

  private static void requirePassable(Type type, String verb, Node.Span span) throws BindException {
    if (type.kind() == Type.Kind.ARRAY || type.kind() == Type.Kind.RECORD) {
      throw BindException.unsupported(
          span, "function " + verb.toUpperCase(Locale.ROOT) + " of " + type);
    }
  }

  private static String passed(DuckDbSql value) {
    String sql = value.sql();
    return switch (value.type().kind()) {
      case DATE -> "(" + sql + " - DATE '1970-01-01')";
      case TIME, DATETIME, TIMESTAMP -> "epoch_us(" + sql + ")";
      case BYTES -> "to_base64(" + sql + ")";
      case JSON -> "CAST(" + sql + " AS VARCHAR)";
      case BOOL, INT64, FLOAT64, NUMERIC, BIGNUMERIC, STRING, GEOGRAPHY, ARRAY, RECORD -> sql;
    };
  }

  private static String received(String call, Type type) {
    return switch (type.kind()) {
      case DATE -> "(DATE '1970-01-01' + CAST(" + call + " AS INTEGER))";
      case TIME -> "CAST(make_timestamp(" + call + ") AS TIME)";
      case DATETIME -> "make_timestamp(" + call + ")";
      case TIMESTAMP -> "make_timestamptz(" + call + ")";
      case BYTES -> "from_base64(" + call + ")";
      case JSON -> "CAST(" + call + " AS JSON)";
      case BOOL, INT64, FLOAT64, NUMERIC, BIGNUMERIC, STRING, GEOGRAPHY, ARRAY, RECORD -> call;
    };
  }

  /** A tree in full: a node's own text leaves out what its parent decides. */
  private static final class Definition {
    static String of(Node node) {
      if (node instanceof Node.Call call) {
        StringBuilder text = new StringBuilder(call.name()).append(call.safe() ? "?(" : "(");
        call.arguments().forEach(argument -> text.append(of(argument)).append(','));
        return text.append(')').append(call.type()).toString();
      }
      if (node instanceof Node.Cast cast) {
        return "cast(" + of(cast.argument()) + cast.type() + cast.safe() + ")";
      }
      if (node instanceof Node.Literal literal) {
        String text =
            literal.value() instanceof byte[] bytes
                ? Arrays.toString(bytes)
                : String.valueOf(literal.value());
        return literal.type() + ":" + text.length() + ":" + text;
      }
      return node.toString();
    }
  }
}
