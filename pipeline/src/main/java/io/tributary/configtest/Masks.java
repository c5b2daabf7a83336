package io.tributary.configtest;

import io.tributary.row.Column;
import io.tributary.row.Schema;
import io.tributary.row.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts placeholders in place of values that are not to be shown: those of columns that were named,
 * of columns that are called like credentials, and texts in which a secret occurs. The same value
 * always gets the same placeholder, so that what was equal stays equal. Not thread-safe.
 */
final class Masks {
  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "(?i).*(passw|passphrase|pwd|secret|token|api_?key|private_?key|credential|authorization"
              + "|session_?id|cookie).*");

  private final Set<String> columns;
  private final List<String> secrets;
  private final Map<Object, Integer> numbers = new HashMap<>();

  /**
   * @param columns in any case
   * @param secrets their texts
   */
  Masks(Set<String> columns, List<String> secrets) {
    this.columns =
        columns.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    this.secrets = secrets.stream().filter(secret -> !secret.isEmpty()).toList();
  }

  /**
   * @param plain in the form of {@link PlainValue}
   */
  @Nullable Object value(Column column, @Nullable Object plain) {
    boolean hidden = isHidden(column.name());
    return hidden ? masked(column.type(), plain, column.nullable()) : checked(column.type(), plain);
  }

  private boolean isHidden(String name) {
    return columns.contains(name.toLowerCase(Locale.ROOT)) || CREDENTIAL.matcher(name).matches();
  }

  /** Looks for secrets, and for fields that are hidden, below a value that may be shown itself. */
  private @Nullable Object checked(Type type, @Nullable Object plain) {
    if (plain == null) {
      return null;
    }
    return switch (type.kind()) {
      case RECORD -> {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        Schema schema = type.recordFields();
        for (Column field : schema.columns()) {
          fields.put(field.name(), value(field, ((Map<?, ?>) plain).get(field.name())));
        }
        yield fields;
      }
      case ARRAY -> {
        List<@Nullable Object> items = new ArrayList<>();
        ((List<?>) plain).forEach(item -> items.add(checked(type.elementType(), item)));
        yield items;
      }
      case JSON -> json(plain, false);
      case BYTES -> {
        byte[] bytes = Base64.getDecoder().decode((String) plain);
        boolean secret = holdsSecret(new String(bytes, StandardCharsets.ISO_8859_1));
        yield secret ? masked(type, plain, true) : plain;
      }
      default -> holdsSecret(plain.toString()) ? masked(type, plain, true) : plain;
    };
  }

  private @Nullable Object json(@Nullable Object plain, boolean hidden) {
    if (plain instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      map.forEach(
          (key, value) ->
              fields.put(
                  String.valueOf(key), json(value, hidden || isHidden(String.valueOf(key)))));
      return fields;
    }
    if (plain instanceof List<?> list) {
      List<@Nullable Object> items = new ArrayList<>();
      list.forEach(item -> items.add(json(item, hidden)));
      return items;
    }
    boolean shown = plain == null || !hidden && !holdsSecret(plain.toString());
    return shown ? plain : text(plain);
  }

  private boolean holdsSecret(String text) {
    return secrets.stream().anyMatch(text::contains);
  }

  private @Nullable Object masked(Type type, @Nullable Object plain, boolean nullable) {
    if (plain == null) {
      return null;
    }
    return switch (type.kind()) {
      case STRING -> text(plain);
      case JSON -> json(plain, true);
      case BYTES ->
          Base64.getEncoder().encodeToString(text(plain).getBytes(StandardCharsets.UTF_8));
      case INT64 -> (long) number(plain);
      case FLOAT64 -> (double) number(plain);
      case NUMERIC, BIGNUMERIC -> decimal(type, number(plain));
      case BOOL -> nullable ? null : (Object) false; // two values hide nothing
      case DATE -> LocalDate.EPOCH.plusDays(number(plain)).toString();
      case TIME -> "00:00:00";
      case DATETIME -> LocalDate.EPOCH.plusDays(number(plain)) + "T00:00:00";
      case TIMESTAMP -> LocalDate.EPOCH.plusDays(number(plain)) + "T00:00:00Z";
      case GEOGRAPHY -> "POINT(0 " + number(plain) % 90 + ")";
      case RECORD -> {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (Column field : type.recordFields().columns()) {
          Object value = ((Map<?, ?>) plain).get(field.name());
          fields.put(field.name(), masked(field.type(), value, field.nullable()));
        }
        yield fields;
      }
      case ARRAY -> {
        List<@Nullable Object> items = new ArrayList<>();
        ((List<?>) plain).forEach(item -> items.add(masked(type.elementType(), item, true)));
        yield items;
      }
    };
  }

  private String text(Object plain) {
    return "masked-" + number(plain);
  }

  private int number(Object plain) {
    return numbers.computeIfAbsent(plain, value -> numbers.size() + 1);
  }

  /** A number of as many digits as the type has. */
  private static BigDecimal decimal(Type type, int number) {
    int whole = type.precision() - type.scale();
    BigDecimal value = BigDecimal.valueOf(number);
    return whole >= value.precision() ? value : value.movePointLeft(Math.min(type.scale(), 9));
  }
}
