package io.tributary.sql;

import java.util.List;
import java.util.Set;

/** Whether an expression can be NULL. */
final class Nullability {
  private static final Set<String> NEVER =
      Set.of(
          "$is_null",
          "$is_true",
          "$is_false",
          "$is_distinct_from",
          "$is_not_distinct_from",
          "to_json_string");

  /** Functions that can be NULL though no argument is. */
  private static final Set<String> ALWAYS_POSSIBLE =
      Set.of(
          "nullif",
          Structures.FIELD,
          "$array_at_offset",
          "$array_at_ordinal",
          "$safe_array_at_offset",
          "$safe_array_at_ordinal",
          "error");

  private Nullability() {}

  static boolean of(Node node) {
    if (node instanceof Node.Column column) {
      return column.nullable();
    }
    if (node instanceof Node.Literal literal) {
      return literal.value() == null;
    }
    if (node instanceof Node.Cast cast) {
      return cast.safe() || of(cast.argument());
    }
    if (node instanceof Node.Call call) {
      return of(call);
    }
    return false;
  }

  private static boolean of(Node.Call call) {
    List<Node> arguments = call.arguments();
    if (NEVER.contains(call.name())) {
      return false;
    }
    if (call.safe()
        || Functions.isSafe(call.name())
        || ALWAYS_POSSIBLE.contains(call.name())
        || call.name().startsWith("json_")
        || call.name().startsWith("regexp_extract")) {
      return true;
    }
    return switch (call.name()) {
      case "coalesce", "ifnull" -> arguments.stream().allMatch(Nullability::of);
      case "if" -> of(arguments.get(1)) || of(arguments.get(2));
      case "$case_no_value" -> anyResult(arguments, 1, arguments.size() % 2 == 1);
      case "$case_with_value" -> anyResult(arguments, 2, arguments.size() % 2 == 0);
      default -> arguments.stream().anyMatch(Nullability::of);
    };
  }

  /**
   * @param first the index of the first result; every second argument is one
   * @param hasElse whether the last argument is the result of ELSE
   */
  private static boolean anyResult(List<Node> arguments, int first, boolean hasElse) {
    for (int i = first; i < arguments.size(); i += 2) {
      if (of(arguments.get(i))) {
        return true;
      }
    }
    return !hasElse || of(arguments.get(arguments.size() - 1));
  }
}
