package io.tributary.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Everything a user can set on one module: the only place where a parameter is described.
 * Immutable.
 *
 * @param <P> the module's parameters: a record
 * @param name the word after {@code module:}
 * @param aliases older names of the module that are still accepted
 * @param examples complete, runnable nodes or configs for the docs
 * @param severalInputs whether it reads any number of nodes together, instead of one
 * @param factory makes the parameters from checked values; it may report contradictions between
 *     them
 */
public record Spec<P>(
    Kind kind,
    String name,
    List<String> aliases,
    String summary,
    String details,
    List<Field<?>> fields,
    List<Example> examples,
    boolean severalInputs,
    BiFunction<Arguments, Problems, P> factory) {

  /** The list of the config in which a module can stand. */
  public enum Kind {
    SOURCE,
    TRANSFORM,
    SINK;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A piece of config that shows the module at work. */
  public record Example(String title, String text) {}

  public Spec {
    aliases = List.copyOf(aliases);
    fields = List.copyOf(fields);
    examples = List.copyOf(examples);
  }

  /** Whether the module can read in increments. */
  public boolean isIncremental() {
    return fields.contains(IncrementalKeys.INCREMENTAL);
  }

  public static Builder source(String name) {
    return new Builder(Kind.SOURCE, name);
  }

  public static Builder transform(String name) {
    return new Builder(Kind.TRANSFORM, name);
  }

  public static Builder sink(String name) {
    return new Builder(Kind.SINK, name);
  }

  public Optional<Field<?>> field(String key) {
    return fields.stream().filter(field -> field.name().equals(key)).findFirst();
  }

  /** Collects the parts of a spec; {@link #into} ends it. */
  public static final class Builder {
    private final Kind kind;
    private final String name;
    private final List<String> aliases = new ArrayList<>();
    private final List<Field<?>> fields = new ArrayList<>();
    private final List<Example> examples = new ArrayList<>();
    private String summary = "";
    private String details = "";
    private boolean severalInputs;

    private Builder(Kind kind, String name) {
      this.kind = kind;
      this.name = name;
    }

    public Builder alias(String olderName) {
      aliases.add(olderName);
      return this;
    }

    /** What the module does, in one sentence. */
    public Builder summary(String text) {
      summary = text;
      return this;
    }

    /** What a user should know besides, as Markdown: guarantees, limits, how types are mapped. */
    public Builder details(String markdown) {
      details = markdown;
      return this;
    }

    /** It reads any number of nodes together; its parameters are {@link NamesTables}. */
    public Builder severalInputs() {
      severalInputs = true;
      return this;
    }

    public Builder fields(Field<?>... more) {
      fields.addAll(List.of(more));
      return this;
    }

    /** The source can read in increments: adds the keys of {@link IncrementalKeys}. */
    public Builder incremental() {
      fields.addAll(IncrementalKeys.ALL);
      return this;
    }

    public Builder example(String title, String text) {
      examples.add(new Example(title, text));
      return this;
    }

    public <P> Spec<P> into(Function<Arguments, P> factory) {
      return into((arguments, problems) -> factory.apply(arguments));
    }

    public <P> Spec<P> into(BiFunction<Arguments, Problems, P> factory) {
      return new Spec<>(
          kind, name, aliases, summary, details, fields, examples, severalInputs, factory);
    }
  }
}
