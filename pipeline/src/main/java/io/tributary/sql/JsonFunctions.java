package io.tributary.sql;

import static java.util.Map.entry;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.tributary.row.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON, as a value or as text; the path must be a constant. */
final class JsonFunctions {
  static final Map<String, Function> FUNCTIONS =
      Map.ofEntries(
          entry("json_value", JsonFunctions::scalar),
          entry("json_extract_scalar", JsonFunctions::scalar),
          entry("json_query", JsonFunctions::part),
          entry("json_extract", JsonFunctions::part),
          entry("parse_json", in -> "exact".equals(in.constantText(1)) ? parse(in) : null),
          entry("to_json_string", JsonFunctions::print));

  private static final BigDecimal EXACT = BigDecimal.valueOf(1L << 53);

  private JsonFunctions() {}

  private static JsonPath path(Operands in) throws BindException {
    JsonPath path = JsonPath.parse(in.size() > 1 ? in.requiredText(1, "a JSON path") : "$");
    if (path == null) {
      throw in.wrong(1, "the JSON path is wrong", "write a path such as '$.items[0].name'");
    }
    return path;
  }

  private static Expr scalar(Operands in) throws BindException {
    JsonPath path = path(in);
    return BytesExpr.of(
        in.bytes(0),
        (a, out) -> {
          String found = path.scalar(a);
          return found != null && out.set(found);
        });
  }

  private static Expr part(Operands in) throws BindException {
    JsonPath path = path(in);
    return BytesExpr.of(
        in.bytes(0),
        (a, out) -> {
          byte[] found = path.part(a);
          return found != null && out.set(found);
        });
  }

  private static Expr parse(Operands in) throws BindException {
    return BytesExpr.of(
        in.bytes(0),
        (a, out) -> {
          if (!JsonPath.isJson(a)) {
            throw new RowException("the text is no valid JSON");
          }
          return out.take(a);
        });
  }

  private static @Nullable Expr print(Operands in) throws BindException {
    if (in.size() > 1 && !Long.valueOf(0).equals(constant(in.node(1)))) {
      return null; // printed over several lines
    }
    Expr value = in.any(0);
    Type type = in.type(0);
    Printer printer = printer(value, type);
    return printer == null
        ? null
        : new BytesExpr((row, out) -> out.set(value.evaluate(row) ? printer.print() : "null"));
  }

  private static @Nullable Object constant(Node node) {
    return node instanceof Node.Literal literal ? literal.value() : null;
  }

  /** Prints the current value of an evaluated expression. */
  @FunctionalInterface
  private interface Printer {
    String print();
  }

  private static @Nullable Printer printer(Expr value, Type type) {
    return switch (type.kind()) {
      case BOOL -> {
        LongExpr truth = (LongExpr) value;
        yield () -> truth.value == 0 ? "false" : "true";
      }
      case INT64 -> {
        LongExpr number = (LongExpr) value;
        yield () -> number(BigDecimal.valueOf(number.value), Long.toString(number.value));
      }
      case FLOAT64 -> {
        DoubleExpr number = (DoubleExpr) value;
        yield () -> number(number.value);
      }
      case NUMERIC, BIGNUMERIC -> {
        DecimalExpr number = (DecimalExpr) value;
        yield () -> number(number.value(), Decimals.text(number));
      }
      case STRING -> {
        BytesExpr text = (BytesExpr) value;
        yield () -> quoted(text.text());
      }
      case BYTES -> {
        BytesExpr bytes = (BytesExpr) value;
        yield () -> quoted(Base64.getEncoder().encodeToString(bytes.copy()));
      }
      case JSON -> {
        BytesExpr json = (BytesExpr) value;
        JsonPath all = JsonPath.parse("$");
        yield () -> {
          byte[] part = all == null ? null : all.part(json);
          return part == null ? json.text() : new String(part, StandardCharsets.UTF_8);
        };
      }
      case DATE -> {
        LongExpr day = (LongExpr) value;
        yield () -> quoted(TimeText.ofDate(day.value));
      }
      case TIME -> {
        LongExpr time = (LongExpr) value;
        yield () -> quoted(TimeText.ofTime(time.value));
      }
      case DATETIME -> {
        LongExpr time = (LongExpr) value;
        yield () -> quoted(TimeText.ofDateTime(time.value, 'T'));
      }
      case TIMESTAMP -> {
        LongExpr time = (LongExpr) value;
        yield () ->
            quoted(TimeText.ofDateTime(Times.toLocal(time.value, ZoneOffset.UTC), 'T') + "Z");
      }
      case GEOGRAPHY, RECORD, ARRAY -> null;
    };
  }

  /** Numbers that a double cannot hold exactly are quoted. */
  private static String number(BigDecimal value, String text) {
    boolean whole = value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
    return whole && value.abs().compareTo(EXACT) <= 0 ? text : "\"" + text + "\"";
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "\"NaN\"";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "\"Infinity\"" : "\"-Infinity\"";
    }
    return Numbers.text(value);
  }

  private static String quoted(String text) {
    return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
  }
}
