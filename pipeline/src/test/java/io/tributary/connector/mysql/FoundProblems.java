package io.tributary.connector.mysql;

import io.tributary.spec.Code;
import io.tributary.spec.Problems;
import io.tributary.spec.Severity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what was reported as lines such as {@code columns/1 TR201 message -> replacement}. */
final class FoundProblems implements Problems {
  private final String place;
  private final List<String> lines;

  FoundProblems() {
    this("", new ArrayList<>());
  }

  private FoundProblems(String place, List<String> lines) {
    this.place = place;
    this.lines = lines;
  }

  List<String> lines() {
    return lines;
  }

  @Override
  public Problems at(Object key) {
    return new FoundProblems(place.isEmpty() ? key.toString() : place + "/" + key, lines);
  }

  @Override
  public Problems within(int offset, int length) {
    return new FoundProblems(place + "[" + offset + "+" + length + "]", lines);
  }

  @Override
  public Problems onKey() {
    return new FoundProblems(place + "(key)", lines);
  }

  @Override
  public void report(Severity severity, Code code, String message, @Nullable String fix) {
    lines.add(place + " " + code + " " + message + (fix == null ? "" : "; " + fix));
  }

  @Override
  public void replaceable(Severity severity, Code code, String message, String replacement) {
    lines.add(place + " " + code + " " + message + " -> " + replacement);
  }

  @Override
  public int errors() {
    return lines.size();
  }
}
