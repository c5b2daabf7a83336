package io.tributary.sql;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All functions and operators that closures can compute, by the analyzer's names. */
final class Functions {
  /** Functions of which an error is NULL. */
  private static final Set<String> SAFE =
      Set.of("safe_add", "safe_subtract", "safe_multiply", "safe_divide", "safe_negate");

  private static final Map<String, Function> ALL = new HashMap<>();

  static {
    ALL.putAll(Comparisons.FUNCTIONS);
    ALL.putAll(Logic.FUNCTIONS);
    ALL.putAll(Arithmetic.FUNCTIONS);
    ALL.putAll(Structures.FUNCTIONS);
    ALL.putAll(NumberFunctions.FUNCTIONS);
    ALL.putAll(TextFunctions.FUNCTIONS);
    ALL.putAll(SliceFunctions.FUNCTIONS);
    ALL.putAll(RegexpFunctions.FUNCTIONS);
    ALL.putAll(TimeFunctions.FUNCTIONS);
    ALL.putAll(TimeTextFunctions.FUNCTIONS);
    ALL.putAll(JsonFunctions.FUNCTIONS);
    ALL.putAll(HashFunctions.FUNCTIONS);
  }

  private Functions() {}

  static @Nullable Function find(String name) {
    return ALL.get(name);
  }

  static boolean isSafe(String name) {
    return SAFE.contains(name);
  }
}
