package io.tributary.config;

import io.tributary.config.Node.Entry;
import io.tributary.config.Node.Mapping;
import io.tributary.config.Node.Sequence;
import io.tributary.config.TestConfig.Form;
import io.tributary.spec.ConfigKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Changes the text of a config in single places; every other byte stays: comments, layout, line
 * ends. Not thread-safe.
 */
public final class ConfigEdit {
  /** A list that is longer than this gets a line for each row. */
  private static final int LINE = 100;

  private final boolean json;
  private final boolean marked;
  private final SourceText source;
  private final Mapping root;
  private final String newLine;
  private final List<Piece> pieces = new ArrayList<>();

  /** Code points from {@code start} to before {@code end} are replaced. */
  private record Piece(int start, int end, String text) {}

  private ConfigEdit(boolean json, boolean marked, SourceText source, Mapping root) {
    this.json = json;
    this.marked = marked;
    this.source = source;
    this.root = root;
    this.newLine = source.text().contains("\r\n") ? "\r\n" : "\n";
  }

  /**
   * Of a file that was loaded without errors.
   *
   * @throws IllegalStateException when it has changed meanwhile, and cannot be parsed any more
   */
  public static ConfigEdit of(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Reporter reporter = new Reporter(new Diagnostics());
    SourceText source = new FileReader(Limits.DEFAULT, reporter).text(bytes, file.toString());
    boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
    Node document =
        source == null ? null : DocumentParser.parse(source, json, Limits.DEFAULT, reporter);
    if (!(document instanceof Mapping root)) {
      throw new IllegalStateException(file + " has changed while it was tested");
    }
    boolean marked = bytes.length > 0 && (bytes[0] & 0xff) == 0xef; // the byte order mark of UTF-8
    return new ConfigEdit(json, marked, source, root);
  }

  /**
   * Makes a test expect something else of a node.
   *
   * @return whether that can be done: not where rows stand behind an alias
   */
  public boolean correct(Correction correction) {
    if (!(root.get(ConfigKeys.TESTS) instanceof Sequence tests)
        || !(tests.items().get(correction.test()) instanceof Mapping test)
        || !(test.get(ConfigKeys.EXPECT) instanceof Mapping expected)) {
      throw new IllegalStateException("no test " + correction.test() + " in " + source.file());
    }
    Entry entry = expected.entries().get(correction.node());
    boolean inFlow = isFlow(expected) || isFlow(test) || isFlow(tests) || isFlow(root);
    if (entry.value() instanceof Mapping form) {
      inFlow |= isFlow(form);
      entry = form.entries().get(correction.form() == Form.COUNT ? "count" : "rows");
    }
    if (isAlias(entry) || end(entry.value()) < entry.value().extent().start()) {
      return false;
    }
    if (correction.form() == Form.COUNT) {
      Extent count = entry.value().extent();
      pieces.add(new Piece(count.start(), count.end(), Long.toString(correction.count())));
    } else {
      replace(entry, (Sequence) entry.value(), correction.rows(), inFlow);
    }
    return true;
  }

  /**
   * Adds a test after those that are there.
   *
   * @param mocks rows by node
   * @param expected rows by node
   * @param rejected counts by node
   */
  public void append(
      String name,
      Map<String, TypedRows> mocks,
      Map<String, List<Map<String, @Nullable Object>>> expected,
      Map<String, Integer> rejected) {
    NewTest test = new NewTest(json ? FlowText.JSON : FlowText.YAML, newLine);
    test.add(name, mocks, expected, rejected);
    Entry tests = root.entries().get(ConfigKeys.TESTS);
    if (tests == null) {
      appendSection(test);
    } else if (!(tests.value() instanceof Sequence list)) {
      int end = lineEnd(tests.key().extent().end());
      insert(end, newLine + test.block(column(tests.key().extent().start()) + 2));
    } else if (!isFlow(list)) {
      insert(lineEnd(end(list)), newLine + test.block(column(list.extent().start())));
    } else {
      appendInBrackets(list, indent(tests.key().extent().start()) + 2, test);
    }
  }

  private void appendSection(NewTest test) {
    int first = root.entries().values().iterator().next().key().extent().start();
    int indent = column(first);
    if (isFlow(root)) {
      String key = (json ? "\"tests\"" : "tests") + ": [";
      String lines = newLine + test.flow(indent + 2) + newLine + " ".repeat(indent) + "]";
      insert(
          end(root) - 1 - blanksBefore(end(root) - 1),
          "," + newLine + " ".repeat(indent) + key + lines);
    } else {
      boolean ended = source.length() == 0 || source.at(source.length() - 1) == '\n';
      String key = newLine + " ".repeat(indent) + "tests:" + newLine;
      insert(source.length(), (ended ? "" : newLine) + key + test.block(indent + 2) + newLine);
    }
  }

  private void appendInBrackets(Sequence list, int indent, NewTest test) {
    String text = newLine + test.flow(indent);
    if (list.items().isEmpty()) {
      Extent brackets = list.extent();
      String close = newLine + " ".repeat(indent - (json ? 2 : 0)) + "]";
      pieces.add(new Piece(brackets.start(), brackets.end(), "[" + text + close));
    } else {
      insert(end(list.items().get(list.items().size() - 1)), "," + text);
    }
  }

  private void insert(int at, String text) {
    pieces.add(new Piece(at, at, text));
  }

  /** Where the line of a place ends, before its line break. */
  private int lineEnd(int at) {
    int i = at;
    while (source.at(i) >= 0 && source.at(i) != '\n' && source.at(i) != '\r') {
      i++;
    }
    return i;
  }

  private int blanksBefore(int at) {
    int i = at;
    while (i > 0 && Character.isWhitespace(source.at(i - 1))) {
      i--;
    }
    return at - i;
  }

  /** What an alias names stands before it. */
  private static boolean isAlias(Entry entry) {
    return entry.value().extent().start() < entry.key().extent().end();
  }

  /** The whole text, with all changes. */
  public byte[] bytes() {
    StringBuilder text = new StringBuilder(marked ? "\uFEFF" : "");
    int at = 0;
    for (Piece piece : pieces.stream().sorted(Comparator.comparing(Piece::start)).toList()) {
      text.append(source.slice(at, piece.start())).append(piece.text());
      at = piece.end();
    }
    return text.append(source.slice(at, source.length()))
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  private void replace(
      Entry entry, Sequence list, List<Map<String, @Nullable Object>> rows, boolean inFlow) {
    FlowText style = json ? FlowText.JSON : FlowText.YAML;
    List<String> lines = rows.stream().map(style::of).toList();
    int start = list.extent().start();
    int end = end(list);
    String inLine = lines.stream().collect(Collectors.joining(", ", "[", "]"));
    boolean fits = column(start) + inLine.length() <= LINE || lines.size() < 2;
    if (!isFlow(list) && !lines.isEmpty()) {
      String between = newLine + " ".repeat(column(start)) + "- ";
      pieces.add(new Piece(start, end, "- " + String.join(between, lines)));
    } else if (!isFlow(list)) {
      // an empty list cannot be written as a block; it must stand further right than its key
      boolean below = column(start) <= indent(entry.key().extent().start());
      pieces.add(new Piece(start, end, below ? "  []" : "[]"));
    } else if (fits) {
      pieces.add(new Piece(start, end, inLine));
    } else if (json || inFlow) {
      String indent = newLine + " ".repeat(indent(entry.key().extent().start()));
      String text =
          lines.stream().collect(Collectors.joining("," + indent + "  ", indent + "  ", ""));
      pieces.add(new Piece(start, end, "[" + text + (json ? indent : "") + "]"));
    } else {
      String before = newLine + " ".repeat(indent(entry.key().extent().start()) + 2) + "- ";
      int from = start;
      while (source.at(from - 1) == ' ') {
        from--;
      }
      pieces.add(new Piece(from, end, before + String.join(before, lines)));
    }
  }

  /** Whether a list or map is written with brackets. */
  private boolean isFlow(Node node) {
    int first = source.at(node.extent().start());
    return first == '[' || first == '{';
  }

  /** The end of a block is that of its last part: comments that follow are not its own. */
  private int end(Node node) {
    if (!isFlow(node)) {
      if (node instanceof Sequence list && !list.items().isEmpty()) {
        return end(list.items().get(list.items().size() - 1));
      }
      if (node instanceof Mapping map && !map.entries().isEmpty()) {
        return end(List.copyOf(map.entries().values()).get(map.entries().size() - 1).value());
      }
    }
    return node.extent().end();
  }

  /** How many code points stand before a place in its line. */
  private int column(int at) {
    return source.span(at, at).column() - 1;
  }

  /** Where the key before which only blanks and dashes stand begins, in the line of a place. */
  private int indent(int at) {
    int first = at - column(at);
    int i = first;
    while (source.at(i) == ' ' || source.at(i) == '\t' || !json && isDash(i)) {
      i++;
    }
    return i - first;
  }

  private boolean isDash(int at) {
    return source.at(at) == '-' && source.at(at + 1) == ' ';
  }
}
