package io.tributary.config;

import io.tributary.config.Node.Entry;
import io.tributary.config.Node.Mapping;
import io.tributary.config.Node.Scalar;
import io.tributary.config.Node.Sequence;
import io.tributary.spec.Code;
import io.tributary.spec.Secret;
import io.tributary.spec.Shape;
import io.tributary.spec.SqlText;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns nodes into the plain values that the shapes of fields parse: references replaced, secrets
 * kept as references, {@code .sql} files read.
 */
final class PlainValues {
  private final Reporter reporter;
  private final Values values;
  private final Path folder;
  private final String folderName;
  private final FileReader files;

  /**
   * @param folder against which paths are resolved
   * @param folderName what stands before such a path in messages; empty or ending in a slash
   */
  PlainValues(Reporter reporter, Values values, Path folder, String folderName, FileReader files) {
    this.reporter = reporter;
    this.values = values;
    this.folder = folder;
    this.folderName = folderName;
    this.files = files;
  }

  /**
   * The plain value for a shape of some kind; null when it is not known or wrong, which was then
   * reported.
   */
  @Nullable Object of(Node node, Shape.Kind kind) {
    if (kind == Shape.Kind.SECRET) {
      return secret(node);
    }
    int before = reporter.diagnostics().errors();
    checkCutOff(node, kind);
    if (kind != Shape.Kind.ANY) {
      refuseSecrets(node);
    }
    if (!values.isKnown(node) || reporter.diagnostics().errors() > before) {
      return null;
    }
    if (kind == Shape.Kind.SQL && node instanceof Scalar scalar) {
      return sql(scalar);
    }
    return switch (kind) {
      case INTEGER, NUMBER, BOOLEAN, ANY -> plain(node, false);
      case TEXT, WORD, SECRET, SQL, EXPRESSION, LIST, MAP -> plain(node, true);
    };
  }

  /**
   * @param asText whether {@code 010} and {@code true} are texts, as written
   */
  private @Nullable Object plain(Node node, boolean asText) {
    if (node instanceof Scalar scalar) {
      return plain(scalar, asText);
    }
    if (node instanceof Sequence sequence) {
      List<@Nullable Object> items = new ArrayList<>();
      sequence.items().forEach(item -> items.add(plain(item, asText)));
      return items;
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    ((Mapping) node).entries().forEach((key, entry) -> map.put(key, plain(entry.value(), asText)));
    return map;
  }

  private @Nullable Object plain(Scalar scalar, boolean asText) {
    if (scalar.value() == null) {
      return null;
    }
    Resolved resolved = values.resolve(scalar);
    if (resolved.holdsSecret() && resolved.secret() != null) {
      return resolved.secret();
    }
    boolean changed = !resolved.text().text().equals(scalar.text());
    return asText || changed ? resolved.text().text() : scalar.value();
  }

  private @Nullable Object secret(Node node) {
    if (!(node instanceof Scalar scalar)) {
      return plain(node, true);
    }
    Resolved resolved = values.resolve(scalar);
    if (resolved.secret() != null) {
      return resolved.secret();
    }
    if (resolved.holdsSecret()) {
      reporter.error(
          Code.TR008,
          scalar.extent(),
          "a `${secret:…}` must be the whole value",
          "put the whole text into the secret");
      return null;
    }
    if (!resolved.isKnown()) {
      return null;
    }
    if (!scalar.text().matches("\\$\\{args\\.[^}]*}")) {
      scalar.extent().source().mask(scalar.extent().start(), scalar.extent().end());
      reporter.warning(
          Code.TR114,
          scalar.extent(),
          "a secret stands in the file as text",
          "write `${secret:name}` or `${env:NAME}`, and keep the text elsewhere");
    }
    return Secret.literal(resolved.text().text());
  }

  /** Reports each secret below a node: what stands there is shown. */
  void refuseSecrets(Node node) {
    if (node instanceof Scalar scalar && values.resolve(scalar).holdsSecret()) {
      reporter.error(
          Code.TR008,
          scalar.extent(),
          "a `${secret:…}` may stand only where a secret is expected",
          "use `${env:…}` or `${args.…}` for what is not secret");
    } else if (node instanceof Sequence sequence) {
      sequence.items().forEach(this::refuseSecrets);
    } else if (node instanceof Mapping mapping) {
      mapping.entries().values().stream().map(Entry::value).forEach(this::refuseSecrets);
    }
  }

  private @Nullable SqlText sql(Scalar scalar) {
    String text = values.resolve(scalar).text().text();
    String path = text.strip();
    if (!path.toLowerCase(Locale.ROOT).endsWith(".sql") || path.lines().count() > 1) {
      return SqlText.of(text);
    }
    String file = path.startsWith("/") ? path : folderName + path;
    Path resolved = resolved(path);
    if (resolved == null || !Files.isRegularFile(resolved)) {
      reporter.error(
          Code.TR116,
          scalar.extent(),
          "the file `" + file + "` does not exist",
          "a path of a .sql file is relative to the config's folder");
      return null;
    }
    byte[] bytes = files.bytes(resolved, file);
    SourceText content = bytes == null ? null : files.text(bytes, file);
    if (content == null) {
      return null;
    }
    Resolved sql = values.resolveFile(scalar, content);
    if (sql.holdsSecret()) {
      reporter.error(
          Code.TR008,
          new Extent(content, 0, 0),
          "a `${secret:…}` may not stand in SQL",
          "use `${env:…}` or `${args.…}` for what is not secret");
      return null;
    }
    return sql.isKnown() ? new SqlText(sql.text().text(), file) : null;
  }

  /** Null when a path has characters that the file system does not know. */
  private @Nullable Path resolved(String path) {
    try {
      return folder.resolve(path);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** Warns where a comment ends an unquoted SQL text, or another text that looks cut by it. */
  private void checkCutOff(Node node, Shape.Kind kind) {
    boolean sql = kind == Shape.Kind.SQL || kind == Shape.Kind.EXPRESSION;
    if (node instanceof Scalar scalar) {
      int comment = comment(scalar);
      if (comment >= 0 && (sql || !isBalanced(scalar.text()))) {
        reporter.warning(
            Code.TR010,
            scalar.extent().within(comment, comment + 1),
            "the unquoted text ends here, because ` #` begins a comment",
            "put the text in quotes or in a block (`|`), or the comment in a line of its own");
      }
    } else if (node instanceof Sequence sequence) {
      sequence.items().forEach(item -> checkCutOff(item, kind));
    } else if (node instanceof Mapping mapping) {
      mapping.entries().values().forEach(entry -> checkCutOff(entry.value(), kind));
    }
  }

  private static int comment(Scalar scalar) {
    if (scalar.isQuoted() || scalar.isBlock()) {
      return -1;
    }
    SourceText source = scalar.extent().source();
    int i = scalar.extent().end();
    while (source.at(i) == ' ' || source.at(i) == '\t') {
      i++;
    }
    return source.at(i) == '#' && i > scalar.extent().end() ? i : -1;
  }

  private static boolean isBalanced(String sql) {
    long quotes = sql.chars().filter(c -> c == '\'').count();
    long doubles = sql.chars().filter(c -> c == '"').count();
    long open = sql.chars().filter(c -> c == '(').count();
    long close = sql.chars().filter(c -> c == ')').count();
    return quotes % 2 == 0 && doubles % 2 == 0 && open == close;
  }
}
