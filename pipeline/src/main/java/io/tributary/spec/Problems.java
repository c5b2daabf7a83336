package io.tributary.spec;

import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong, all at once. Whoever finds a problem says where in its own terms: below
 * which key, and at which characters of a text; {@code config} and {@code plan} know the position
 * in the file. Not thread-safe.
 */
public interface Problems {

  /** The same collector, one key or list index (Integer) further down. */
  Problems at(Object key);

  /** As {@link #at(Object)}, for the value of a field. */
  default Problems at(Field<?> field) {
    return at(field.name());
  }

  /**
   * The same collector, narrowed to characters of the text here: {@code offset} counts UTF-16 units
   * from 0.
   */
  Problems within(int offset, int length);

  /**
   * The same collector, for a file that the value here names; {@link #within} says where in it.
   * Where files cannot be told apart, the value stands for the file.
   *
   * @param file as the config names it
   */
  default Problems inFile(String file, String text) {
    return this;
  }

  /** The same collector, pointing to the key here instead of its value. */
  Problems onKey();

  /**
   * Says what is wrong at this place.
   *
   * @param message what is wrong, in a sentence without a full stop
   * @param fix what to do about it, if that can be said
   */
  void report(Severity severity, Code code, String message, @Nullable String fix);

  /** Says also what text would be right in place of what stands here; else as {@link #report}. */
  void replaceable(Severity severity, Code code, String message, String replacement);

  default void error(Code code, String message, @Nullable String fix) {
    report(Severity.ERROR, code, message, fix);
  }

  default void warning(Code code, String message, @Nullable String fix) {
    report(Severity.WARNING, code, message, fix);
  }

  /**
   * How many errors were reported so far, anywhere: comparing before and after tells whether a step
   * found any.
   */
  int errors();
}
