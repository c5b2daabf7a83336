package io.tributary.spec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the value of a field looks like, and how a plain value becomes one. Plain values are those
 * of YAML 1.2's core schema: String, Long, BigInteger, Double, BigDecimal, Boolean, List, Map with
 * String keys in file order, or null; a {@link Secret} for {@link Kind#SECRET}, a {@link SqlText}
 * for {@link Kind#SQL}. Stateless.
 *
 * @param words the allowed words of a {@link Kind#WORD}; else empty
 * @param typeName how docs call it, such as {@code list of text}
 */
public record Shape<T>(
    Kind kind,
    String typeName,
    List<String> words,
    Parser<T> parser,
    Map<String, Object> jsonSchema) {

  /** The broad form of a value; the binder prepares plain values by it. */
  public enum Kind {
    TEXT,
    INTEGER,
    NUMBER,
    BOOLEAN,
    WORD,
    SECRET,
    /** SQL text, or the path of a {@code .sql} file, which the binder reads. */
    SQL,
    /** SQL text only. */
    EXPRESSION,
    LIST,
    MAP,
    ANY
  }

  /** Turns a plain value into a typed one. */
  @FunctionalInterface
  public interface Parser<T> {
    /** Null when the value is wrong; the problem was then reported. */
    @Nullable T parse(Object plain, Problems problems);
  }

  /** The typed value of a plain one, or null after reporting what is wrong with it. */
  public @Nullable T parse(Object plain, Problems problems) {
    return parser.parse(plain, problems);
  }
}
