package io.tributary.plan;

import io.tributary.config.NodeConfig;
import io.tributary.row.Column;
import io.tributary.row.CursorValue;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import io.tributary.row.Type.Kind;
import io.tributary.spec.Code;
import io.tributary.spec.Distance;
import io.tributary.spec.Incremental;
import io.tributary.spec.Incremental.Interval;
import io.tributary.spec.Incremental.Unit;
import io.tributary.spec.IncrementalKeys;
import io.tributary.spec.Problems;
import io.tributary.spec.Severity;
import io.tributary.spec.Suggestions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a config says of a cursor, once its type is known.
 *
 * @param position of the column in the source's schema
 * @param initial where the first run starts; null for everything
 * @param from of a slice; null for none
 * @param to of a slice; null for none
 */
record CursorSettings(
    Incremental incremental,
    Column column,
    int position,
    @Nullable CursorValue initial,
    @Nullable CursorValue from,
    @Nullable CursorValue to,
    ZoneId zone) {

  /** Null after reporting what does not fit. */
  static @Nullable CursorSettings of(
      NodeConfig node, Schema schema, @Nullable Slice slice, ZoneId zone) {
    Incremental incremental = node.incremental();
    if (incremental == null) {
      throw new IllegalStateException(node.name() + " is read whole");
    }
    Problems place = place(node);
    OptionalInt position = schema.find(incremental.cursor());
    if (position.isEmpty()) {
      unknownColumn(incremental.cursor(), schema, place);
      return null;
    }
    Column column = schema.column(position.getAsInt());
    if (!CursorValue.canHave(column.type())) {
      place.error(
          Code.TR220,
          "column `" + column.name() + "` is " + column.type() + ", which cannot be a cursor",
          "name a column of type DATE, DATETIME, TIMESTAMP or INT64");
      return null;
    }
    int before = place.errors();
    Problems map = node.problems().at(IncrementalKeys.INCREMENTAL);
    checkDistance(incremental.lookback(), column, map.at("lookback"), true);
    checkDistance(incremental.lag(), column, map.at("lag"), false);
    if (incremental.interval() != null && column.type().kind() == Kind.INT64) {
      node.problems()
          .at(IncrementalKeys.INTERVAL_FROM)
          .error(
              Code.TR220,
              "`"
                  + incremental.interval()
                  + "` is a time, but column `"
                  + column.name()
                  + "` is INT64",
              "write `incremental_interval_from: max_value_in_destination`");
    }
    Type type = column.type();
    CursorValue initial = value(incremental.initial(), "", type, zone, map.at("initial"));
    CursorValue from = slice == null ? null : value(slice.from(), "--from ", type, zone, place);
    CursorValue to = slice == null ? null : value(slice.to(), "--to ", type, zone, place);
    if (from != null && to != null && !from.isBefore(to)) {
      place.error(
          Code.TR220,
          "--from " + slice.from() + " is not before --to " + slice.to() + ": nothing lies between",
          "--to is the first value that is not read any more");
    }
    return place.errors() > before
        ? null
        : new CursorSettings(incremental, column, position.getAsInt(), initial, from, to, zone);
  }

  /** Where the cursor's column is named in the config. */
  static Problems place(NodeConfig node) {
    boolean oldForm = node.incremental() != null && node.incremental().isOldForm();
    return oldForm
        ? node.problems().at(IncrementalKeys.COLUMN)
        : node.problems().at(IncrementalKeys.INCREMENTAL).at("cursor");
  }

  private static void unknownColumn(String name, Schema schema, Problems place) {
    String message = "cursor column `" + name + "` is not a column of the source";
    Suggestions.nearest(name, schema.names())
        .ifPresentOrElse(
            near -> place.replaceable(Severity.ERROR, Code.TR201, message, near),
            () -> place.error(Code.TR201, message, "it has: " + String.join(", ", schema.names())));
  }

  private static void checkDistance(
      @Nullable Distance distance, Column column, Problems place, boolean wholeDays) {
    if (distance == null) {
      return;
    }
    boolean isInteger = column.type().kind() == Kind.INT64;
    if (isInteger == (distance.number() == null)) {
      place.error(
          Code.TR220,
          "`"
              + distance
              + "` does not fit column `"
              + column.name()
              + "`, which is "
              + column.type(),
          isInteger ? "write a whole number" : "write a duration such as \"7d\"");
    } else if (wholeDays
        && column.type().kind() == Kind.DATE
        && !Duration.ofDays(distance.time().toDays()).equals(distance.time())) {
      place.error(
          Code.TR220,
          "column `" + column.name() + "` is DATE, which has no parts of a day",
          "write whole days, such as \"7d\"");
    }
  }

  private static @Nullable CursorValue value(
      @Nullable String text, String option, Type type, ZoneId zone, Problems place) {
    if (text == null) {
      return null;
    }
    try {
      return CursorValue.parse(type, text, zone);
    } catch (IllegalArgumentException e) {
      place.error(Code.TR220, option + e.getMessage(), null);
      return null;
    }
  }

  Type type() {
    return column.type();
  }

  /** The value so far before another as {@code lookback} says. */
  CursorValue lookedBack(CursorValue value) {
    Distance lookback = incremental.lookback();
    return lookback == null ? value : before(value, lookback);
  }

  private static CursorValue before(CursorValue value, Distance distance) {
    if (distance.time() == null) {
      return value.plus(-distance.number());
    }
    return value.type().kind() == Kind.DATE
        ? value.plus(-distance.time().toDays())
        : value.plus(
            -Math.multiplyExact(distance.time().toSeconds(), 1_000_000L)
                - distance.time().toNanosPart() / 1000);
  }

  /** The moment so far before another as {@code lag} says; itself when none is given. */
  Instant lagged(Instant moment) {
    Distance lag = incremental.lag();
    return lag == null || lag.time() == null ? moment : moment.minus(lag.time());
  }

  /** The number so far below another as {@code lag} says. */
  CursorValue lagged(CursorValue value) {
    Distance lag = incremental.lag();
    return lag == null || lag.number() == null ? value : before(value, lag);
  }

  /** Where an interval of the older form begins: days are whole, and today is the last of them. */
  CursorValue begin(Interval interval, Instant now) {
    if (interval.unit() == Unit.DAY) {
      Instant start =
          now.atZone(zone)
              .toLocalDate()
              .minusDays(interval.amount() - 1L)
              .atStartOfDay(zone)
              .toInstant();
      return CursorValue.at(type(), start, zone);
    }
    Duration length =
        interval.unit() == Unit.MIN
            ? Duration.ofMinutes(interval.amount())
            : Duration.ofHours(interval.amount());
    return CursorValue.at(type(), now.minus(length), zone);
  }
}
