package io.tributary.connector;

import io.tributary.spec.Code;
import io.tributary.spec.Problems;
import io.tributary.spec.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Problems as texts: place, code, message, and fix after an arrow. */
public final class ProblemList implements Problems {
  private final List<String> found;
  private final AtomicInteger errors;
  private final String place;

  public ProblemList() {
    this(new ArrayList<>(), new AtomicInteger(), "");
  }

  private ProblemList(List<String> found, AtomicInteger errors, String place) {
    this.found = found;
    this.errors = errors;
    this.place = place;
  }

  public List<String> found() {
    return found;
  }

  @Override
  public Problems at(Object key) {
    return new ProblemList(
        found, errors, key instanceof Integer ? place + "[" + key + "]" : place + "." + key);
  }

  @Override
  public Problems within(int offset, int length) {
    return new ProblemList(found, errors, place + "@" + offset + "+" + length);
  }

  @Override
  public Problems onKey() {
    return new ProblemList(found, errors, place + "(key)");
  }

  @Override
  public void report(Severity severity, Code code, String message, @Nullable String fix) {
    errors.addAndGet(severity == Severity.ERROR ? 1 : 0);
    found.add(place + " " + code + " " + message + (fix == null ? "" : " -> " + fix));
  }

  @Override
  public void replaceable(Severity severity, Code code, String message, String replacement) {
    report(severity, code, message, replacement);
  }

  @Override
  public int errors() {
    return errors.get();
  }
}
