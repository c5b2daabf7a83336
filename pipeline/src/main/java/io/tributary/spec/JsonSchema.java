package io.tributary.spec;

public final class JsonSchema {
  public static String of(Catalog c) {
    return "{}";
  }
}
