package io.tributary.sql;

import static java.util.Map.entry;

import io.tributary.row.Type;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** FORMAT_DATE, PARSE_DATE and their like; the format must be a constant. */
final class TimeTextFunctions {
  static final Map<String, Function> FUNCTIONS =
      Map.ofEntries(
          entry("format_date", TimeTextFunctions::format),
          entry("format_datetime", TimeTextFunctions::format),
          entry("format_time", TimeTextFunctions::format),
          entry("format_timestamp", TimeTextFunctions::format),
          entry("parse_date", TimeTextFunctions::parse),
          entry("parse_datetime", TimeTextFunctions::parse),
          entry("parse_time", TimeTextFunctions::parse),
          entry("parse_timestamp", TimeTextFunctions::parse),
          entry("string", TimeTextFunctions::text));

  private TimeTextFunctions() {}

  private static Expr format(Operands in) throws BindException {
    Type.Kind kind = in.kind(1);
    ZoneId zone = in.zone(2);
    String pattern = in.requiredText(0, "a format");
    TimeFormat format = TimeFormat.parse(pattern, kind == Type.Kind.TIMESTAMP ? zone : null);
    if (format == null) {
      throw unknownElement(in);
    }
    LongExpr value = in.longs(1);
    return new BytesExpr(
        (row, out) -> {
          if (!value.evaluate(row)) {
            return false;
          }
          long local =
              switch (kind) {
                case DATE -> value.value * Times.DAY;
                case TIMESTAMP -> Times.toLocal(value.value, zone);
                default -> value.value;
              };
          int offset =
              kind == Type.Kind.TIMESTAMP ? (int) ((local - value.value) / Times.SECOND) : 0;
          return out.set(format.format(local, offset));
        });
  }

  private static BindException unknownElement(Operands in) {
    return BindException.unsupported(in.node(0).span(), "an element of this format");
  }

  private static @Nullable Expr parse(Operands in) throws BindException {
    String format = in.requiredText(0, "a format");
    if (!TimeParser.supports(format)) {
      throw unknownElement(in);
    }
    ZoneId zone = in.zone(2);
    LongExpr.OfBytes parser =
        switch (in.result().kind()) {
          case DATE -> a -> Math.floorDiv(TimeParser.local(format, a.text()), Times.DAY);
          case TIME -> a -> Math.floorMod(TimeParser.local(format, a.text()), Times.DAY);
          case DATETIME -> a -> TimeParser.local(format, a.text());
          case TIMESTAMP -> a -> TimeParser.instant(format, a.text(), zone);
          default -> null;
        };
    return parser == null ? null : LongExpr.of(in.bytes(1), parser);
  }

  /** {@code STRING(timestamp, zone)}. */
  private static @Nullable Expr text(Operands in) throws BindException {
    if (in.kind(0) == Type.Kind.JSON) {
      return null;
    }
    Type type = in.type(0);
    ZoneId zone = in.zone(1);
    Node.Cast cast = new Node.Cast(in.node(0), Type.STRING, false, in.span());
    return Casts.bind(in.any(0), type, cast, zone);
  }
}
