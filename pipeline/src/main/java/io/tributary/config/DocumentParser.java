package io.tributary.config;

import io.tributary.config.Node.Entry;
import io.tributary.config.Node.Mapping;
import io.tributary.config.Node.Scalar;
import io.tributary.config.Node.Sequence;
import io.tributary.spec.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Makes nodes from a YAML 1.2 or JSON text, through one parser. Keys are text and occur once,
 * aliases stand for what they name; everything else that YAML offers is refused with a reason. A
 * syntax error ends the reading; other mistakes are collected.
 */
final class DocumentParser {
  private final SourceText source;
  private final Limits limits;
  private final Reporter reporter;
  private final Parser events;
  private final Map<Anchor, Node> anchors = new HashMap<>();
  private final Map<Node, Integer> sizes = new IdentityHashMap<>();
  private int aliases;
  private int depth;

  private DocumentParser(SourceText source, boolean json, Limits limits, Reporter reporter) {
    this.source = source;
    this.limits = limits;
    this.reporter = reporter;
    LoadSettings settings =
        LoadSettings.builder().setUseMarks(true).setCodePointLimit(limits.bytes()).build();
    String text = json ? JsonSyntax.withoutTabs(source) : source.text();
    this.events = new ParserImpl(settings, new StreamReader(settings, text));
  }

  /** Thrown when reading on makes no sense; the reason was reported. */
  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stop() {
      super(null, null, false, false);
    }
  }

  /** The root of the only document; null when the text has none or a syntax error. */
  static @Nullable Node parse(SourceText source, boolean json, Limits limits, Reporter reporter) {
    if (!SyntaxErrors.onlyPrintable(source, reporter)
        || json && !JsonSyntax.check(source, limits.depth(), reporter)) {
      return null;
    }
    try {
      return new DocumentParser(source, json, limits, reporter).document();
    } catch (YamlEngineException e) {
      SyntaxErrors.report(e, source, reporter);
      return null;
    } catch (Stop e) {
      return null;
    }
  }

  private @Nullable Node document() {
    events.next(); // start of the stream
    if (events.checkEvent(Event.ID.StreamEnd)) {
      return null;
    }
    events.next(); // start of the document
    Node root = node();
    events.next(); // end of the document
    if (!events.checkEvent(Event.ID.StreamEnd)) {
      reporter.error(
          Code.TR012,
          mark(events.next()),
          "the file holds more than one document",
          "put each config into a file of its own");
    }
    return root;
  }

  private Node node() {
    Event event = events.next();
    if (event instanceof AliasEvent alias) {
      return named(alias);
    }
    if (!(event instanceof CollectionStartEvent start)) {
      return kept(scalar((ScalarEvent) event), (ScalarEvent) event, 1);
    }
    if (++depth > limits.depth()) {
      throw limit(mark(event), "maps and lists are nested deeper than " + limits.depth());
    }
    Node node = event instanceof MappingStartEvent ? mapping(start) : sequence(start);
    depth--;
    return node;
  }

  private Node named(AliasEvent alias) {
    if (++aliases > limits.aliases()) {
      throw limit(mark(alias), "the file has more than " + limits.aliases() + " aliases");
    }
    Node node = anchors.get(alias.getAlias());
    if (node == null) {
      throw stop(
          Code.TR002,
          mark(alias),
          "alias `*" + alias.getAlias().getValue() + "` names no value that ended before it",
          "mark the value with `&" + alias.getAlias().getValue() + "` where it stands first");
    }
    return node;
  }

  private Node sequence(CollectionStartEvent start) {
    List<Node> items = new ArrayList<>();
    int size = 1;
    while (!events.checkEvent(Event.ID.SequenceEnd)) {
      Node item = node();
      size = plus(size, item);
      items.add(item);
    }
    return kept(new Sequence(extent(start, events.next()), items), start, size);
  }

  private Node mapping(CollectionStartEvent start) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    List<Mapping> merged = new ArrayList<>();
    int size = 1;
    while (!events.checkEvent(Event.ID.MappingEnd)) {
      Node key = node();
      Node value = node();
      size = plus(size, value);
      if (!(key instanceof Scalar name)) {
        reporter.error(Code.TR104, key.extent(), "a key must be text", "write the key as text");
      } else if (name.text().equals("<<") && !name.isQuoted()) {
        if (value instanceof Mapping mapping) {
          merged.add(mapping);
        }
        reporter.error(
            Code.TR006,
            name.extent(),
            "merge keys (`<<`) are not supported",
            "write the keys out, or put shared connection keys into a profile");
      } else if (entries.containsKey(name.text())) {
        int first = entries.get(name.text()).key().extent().span().line();
        reporter.error(
            Code.TR003,
            name.extent(),
            "key `" + name.text() + "` occurs twice; it stands in line " + first + " already",
            "remove one of the two");
      } else {
        entries.put(name.text(), new Entry(name, value));
      }
    }
    // refused, but taken as meant, so that no key is called missing because of it
    merged.forEach(mapping -> mapping.entries().forEach(entries::putIfAbsent));
    return kept(new Mapping(extent(start, events.next()), entries), start, size);
  }

  private Node kept(Node node, NodeEvent event, int size) {
    sizes.put(node, size);
    event.getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
    return node;
  }

  private int plus(int size, Node node) {
    int sum = size + sizes.getOrDefault(node, 1);
    if (sum > limits.nodes()) {
      throw limit(
          node.extent(),
          "with its aliases written out, the file has more than " + limits.nodes() + " values");
    }
    return sum;
  }

  private Scalar scalar(ScalarEvent event) {
    Extent extent = extent(event, event);
    String tag = event.getTag().orElse(null);
    if (tag != null && !CoreSchema.knows(tag)) {
      reporter.error(
          Code.TR104, extent, "tags such as `" + tag + "` have no meaning here", "remove the tag");
    }
    return new Scalar(
        extent,
        event.getValue(),
        event.getScalarStyle(),
        CoreSchema.value(event.getValue(), tag, event.isPlain()));
  }

  /** From the start of one event to the end of another, less properties, blanks and line breaks. */
  private Extent extent(NodeEvent first, Event last) {
    int start = index(first.getStartMark().orElseThrow());
    while (first.getAnchor().isPresent() && source.at(start) == '&' || source.at(start) == '!') {
      start = afterWord(start);
    }
    int end = Math.max(start, index(last.getEndMark().orElseThrow()));
    while (end > start && Character.isWhitespace(source.at(end - 1))) {
      end--;
    }
    return new Extent(source, start, end);
  }

  private int afterWord(int start) {
    int i = start;
    while (source.at(i) >= 0 && !Character.isWhitespace(source.at(i))) {
      i++;
    }
    while (source.at(i) >= 0 && Character.isWhitespace(source.at(i))) {
      i++;
    }
    return i;
  }

  private Extent mark(Event event) {
    int start = index(event.getStartMark().orElseThrow());
    int end = index(event.getEndMark().orElseThrow());
    return new Extent(source, start, Math.max(end, start));
  }

  private static int index(Mark mark) {
    return mark.getIndex();
  }

  private Stop limit(Extent place, String message) {
    return stop(Code.TR005, place, message, "this is the parser's limit; write the config simpler");
  }

  private Stop stop(Code code, Extent place, String message, String fix) {
    reporter.error(code, place, message, fix);
    return new Stop();
  }
}
