package io.tributary.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/**
 * A value of a document, with its place. The same object may stand in two places when an alias
 * names it; two nodes are the same only if they are one object.
 */
sealed interface Node {

  /** Where it stands, quotes included. */
  Extent extent();

  /** How a message calls it. */
  String describe();

  /**
   * @param text as written, quotes and escapes resolved
   * @param value by YAML's core schema: String, Long, BigInteger, Double, BigDecimal, Boolean or
   *     null
   */
  record Scalar(Extent extent, String text, ScalarStyle style, @Nullable Object value)
      implements Node {

    boolean isQuoted() {
      return style == ScalarStyle.SINGLE_QUOTED || style == ScalarStyle.DOUBLE_QUOTED;
    }

    boolean isBlock() {
      return style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED;
    }

    /** The place of the text itself, without quotes. */
    Extent inner() {
      int quote = isQuoted() && extent.end() - extent.start() > 1 ? 1 : 0;
      return extent.within(extent.start() + quote, extent.end() - quote);
    }

    @Override
    public String describe() {
      return value == null ? "nothing" : "a single value";
    }
  }

  /** A list. */
  record Sequence(Extent extent, List<Node> items) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String describe() {
      return "a list";
    }
  }

  /** A map, in file order. */
  record Mapping(Extent extent, Map<String, Entry> entries) implements Node {

    @Nullable Node get(String key) {
      Entry entry = entries.get(key);
      return entry == null ? null : entry.value();
    }

    /** A copy with one key more, or with another value for a key. */
    Mapping with(Entry entry) {
      Map<String, Entry> changed = new LinkedHashMap<>(entries);
      changed.put(entry.key().text(), entry);
      return new Mapping(extent, changed);
    }

    @Override
    public String describe() {
      return "a map";
    }
  }

  /** A key of a map and what stands under it. */
  record Entry(Scalar key, Node value) {}
}
