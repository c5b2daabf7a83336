package io.tributary.sql;

import io.tributary.spec.Code;
import io.tributary.spec.Problems;
import io.tributary.spec.Severity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects problems as lines: {@code columns/net[4+3] TR201 unknown column `x` -> y}. */
public final class FoundProblems implements Problems {
  private final List<String> found;
  private final int[] errors;
  private final String path;
  private final String place;

  public FoundProblems() {
    this(new ArrayList<>(), new int[1], "", "");
  }

  private FoundProblems(List<String> found, int[] errors, String path, String place) {
    this.found = found;
    this.errors = errors;
    this.path = path;
    this.place = place;
  }

  /** Everything reported so far, in order. */
  public List<String> all() {
    return List.copyOf(found);
  }

  @Override
  public Problems at(Object key) {
    return new FoundProblems(found, errors, path.isEmpty() ? "" + key : path + "/" + key, "");
  }

  @Override
  public Problems within(int offset, int length) {
    return new FoundProblems(found, errors, path, "[" + offset + "+" + length + "]");
  }

  @Override
  public Problems onKey() {
    return new FoundProblems(found, errors, path, "(key)");
  }

  @Override
  public void report(Severity severity, Code code, String message, @Nullable String fix) {
    add(severity, code, message + (fix == null ? "" : "; " + fix));
  }

  @Override
  public void replaceable(Severity severity, Code code, String message, String replacement) {
    add(severity, code, message + " -> " + replacement);
  }

  @Override
  public int errors() {
    return errors[0];
  }

  private void add(Severity severity, Code code, String text) {
    if (severity == Severity.ERROR) {
      errors[0]++;
    }
    String where = path + place;
    found.add((where.isEmpty() ? "" : where + " ") + code + " " + text);
  }
}
