package io.tributary.spec;

public final class SpecDocs {
  public static String markdown(Spec<?> s) {
    return s.name();
  }
}
