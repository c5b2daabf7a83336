package io.tributary.config;

import io.tributary.spec.Code;
import io.tributary.spec.Environment;
import io.tributary.spec.Secret;
import io.tributary.spec.Severity;
import io.tributary.spec.Suggestions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code ${env:NAME}}, {@code ${env:NAME:-default}} and {@code ${args.name}} in texts,
 * leaves {@code ${secret:name}} standing, and makes {@code $${} a literal {@code ${}. What it
 * cannot replace it reports.
 */
final class References {
  private static final Pattern ENV =
      Pattern.compile("env:([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", Pattern.DOTALL);
  private static final Pattern ARG = Pattern.compile("args\\.([A-Za-z_][A-Za-z0-9_-]*)");
  private static final Pattern SECRET = Pattern.compile("secret:([A-Za-z0-9_][A-Za-z0-9_./-]*)");
  private static final String FORMS =
      "write `${env:NAME}`, `${env:NAME:-default}`, `${args.name}` or `${secret:name}`; a literal"
          + " `${` is written `$${`";

  private final Environment environment;
  private final Map<String, String> args;
  private final Severity missing;
  private final Reporter reporter;
  private final Set<String> usedArgs = new HashSet<>();

  /**
   * @param args values by name
   * @param missing how bad a variable without value is
   */
  References(
      Environment environment, Map<String, String> args, Severity missing, Reporter reporter) {
    this.environment = environment;
    this.args = Map.copyOf(args);
    this.missing = missing;
    this.reporter = reporter;
  }

  /** Names of all arguments that were referred to so far. */
  Set<String> usedArgs() {
    return usedArgs;
  }

  Resolved resolve(MappedText text) {
    String from = text.text();
    if (!from.contains("${")) {
      return new Resolved(text, true, null, false);
    }
    return new Scan(text).run();
  }

  /** One text on its way. */
  private final class Scan {
    private final MappedText text;
    private final MappedText.Builder out;
    private boolean known = true;
    private boolean holdsSecret;
    private @Nullable Secret secret;

    Scan(MappedText text) {
      this.text = text;
      this.out = new MappedText.Builder(text.source());
    }

    Resolved run() {
      String from = text.text();
      int i = 0;
      while (i < from.length()) {
        int next = from.indexOf("${", i);
        if (next < 0) {
          break;
        }
        if (next > i && from.charAt(next - 1) == '$') {
          out.add(text, i, next - 1);
          out.add(text, next, next + 2);
          i = next + 2;
          continue;
        }
        out.add(text, i, next);
        int close = from.indexOf('}', next);
        if (close < 0) {
          known = false;
          reporter.error(
              Code.TR008, text.extent(next, 2), "the `${` that begins here is not closed", FORMS);
          i = next;
          break;
        }
        replace(next, close + 1);
        i = close + 1;
      }
      out.add(text, i, from.length());
      return new Resolved(out.build(), known, known ? secret : null, holdsSecret);
    }

    private void replace(int start, int end) {
      String body = text.text().substring(start + 2, end - 1);
      boolean whole = start == 0 && end == text.text().length();
      Matcher env = ENV.matcher(body);
      Matcher arg = ARG.matcher(body);
      Matcher named = SECRET.matcher(body);
      if (env.matches()) {
        String value = environment.get(env.group(1)).orElse(null);
        if (whole && (value != null || env.group(2) == null)) {
          secret = Secret.env(env.group(1));
        }
        put(
            start,
            end,
            value == null ? env.group(2) : value,
            "environment variable `" + env.group(1) + "` is not set",
            "set it, add it to .env, or give a default: `${env:" + env.group(1) + ":-…}`");
      } else if (arg.matches()) {
        usedArgs.add(arg.group(1));
        put(
            start,
            end,
            args.get(arg.group(1)),
            "argument `" + arg.group(1) + "` has no value",
            "give it with `--arg " + arg.group(1) + "=…`, or a default below `args`");
      } else if (named.matches()) {
        holdsSecret = true;
        secret = whole ? Secret.named(named.group(1)) : null;
        out.add(text, start, end);
      } else {
        known = false;
        out.add(text, start, end);
        wrongForm(start, end, body);
      }
    }

    private void put(int start, int end, @Nullable String value, String message, String fix) {
      Extent place = text.extent(start, end - start);
      if (value == null) {
        known = false;
        out.add(text, start, end);
        reporter.report(missing, Code.TR113, place, message, fix);
      } else {
        out.add(value, place.start(), place.end());
      }
    }

    private void wrongForm(int start, int end, String body) {
      Extent place = text.extent(start, end - start);
      String message = "`${" + body + "}` is not a reference";
      String meant = meant(body.strip());
      if (meant == null) {
        reporter.error(Code.TR008, place, message, FORMS);
      } else {
        reporter.replaceable(
            Severity.ERROR, Code.TR008, place, message, place, "${" + meant + "}", List.of());
      }
    }
  }

  private static @Nullable String meant(String body) {
    Matcher matcher = Pattern.compile("(\\w+)\\s*[.:]\\s*([A-Za-z_][\\w-]*)(:-.*)?").matcher(body);
    if (matcher.matches()) {
      String kind =
          Suggestions.nearest(matcher.group(1), List.of("env", "args", "secret")).orElse(null);
      String rest = matcher.group(3) == null || !"env".equals(kind) ? "" : matcher.group(3);
      return kind == null
          ? null
          : kind + (kind.equals("args") ? "." : ":") + matcher.group(2) + rest;
    }
    return body.matches("[A-Z_][A-Z0-9_]*") ? "env:" + body : null;
  }
}
