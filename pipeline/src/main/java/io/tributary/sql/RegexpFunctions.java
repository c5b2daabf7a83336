package io.tributary.sql;

import static java.util.Map.entry;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Regular expressions in RE2's syntax, as BigQuery has them; the pattern must be a constant. */
final class RegexpFunctions {
  static final Map<String, Function> FUNCTIONS =
      Map.ofEntries(
          entry("regexp_contains", RegexpFunctions::contains),
          entry("regexp_extract", RegexpFunctions::extract),
          entry("regexp_extract_all", RegexpFunctions::extractAll),
          entry("regexp_replace", RegexpFunctions::replace));

  private RegexpFunctions() {}

  /** Null when the functions are called with BYTES. */
  private static @Nullable Matcher matcher(Operands in) throws BindException {
    if (!TextFunctions.isText(in)) {
      return null;
    }
    try {
      return Pattern.compile(in.requiredText(1, "a regular expression")).matcher("");
    } catch (PatternSyntaxException e) {
      throw in.wrong(
          1,
          "the regular expression is wrong: " + e.getDescription() + " `" + e.getPattern() + "`",
          "write it as RE2 has it, in a raw string such as r'^\\d+$'");
    }
  }

  private static @Nullable Expr contains(Operands in) throws BindException {
    Matcher matcher = matcher(in);
    return matcher == null
        ? null
        : LongExpr.of(in.bytes(0), a -> matcher.reset(a.copy()).find() ? 1 : 0);
  }

  private static int group(Operands in, Matcher matcher) throws BindException {
    if (matcher.groupCount() > 1) {
      throw in.wrong(
          1,
          "the regular expression has " + matcher.groupCount() + " groups, but may have one",
          "write (?:…) for groups that are not to be extracted");
    }
    return matcher.groupCount();
  }

  private static @Nullable Expr extract(Operands in) throws BindException {
    Matcher matcher = matcher(in);
    if (matcher == null || in.size() > 2) {
      return null;
    }
    int group = group(in, matcher);
    return BytesExpr.of(
        in.bytes(0),
        (a, out) -> {
          byte[] text = a.copy();
          if (!matcher.reset(text).find() || matcher.start(group) < 0) {
            return false;
          }
          return out.set(text, matcher.start(group), matcher.end(group) - matcher.start(group));
        });
  }

  private static @Nullable Expr extractAll(Operands in) throws BindException {
    Matcher matcher = matcher(in);
    if (matcher == null) {
      return null;
    }
    int group = group(in, matcher);
    BytesExpr text = in.bytes(0);
    return new ObjectExpr(
        (row, out) -> {
          if (!text.evaluate(row)) {
            return false;
          }
          String decoded = text.text();
          matcher.reset(decoded);
          List<String> found = new ArrayList<>();
          while (matcher.find()) {
            String part = matcher.group(group);
            found.add(part == null ? "" : part);
          }
          return out.set(found);
        });
  }

  private static @Nullable Expr replace(Operands in) throws BindException {
    Matcher matcher = matcher(in);
    if (matcher == null) {
      return null;
    }
    String replacement = replacement(in, matcher.groupCount());
    return BytesExpr.of(
        in.bytes(0), (a, out) -> out.set(matcher.reset(a.text()).replaceAll(replacement)));
  }

  /** {@code \1} of GoogleSQL as the {@code $1} of the library. */
  private static String replacement(Operands in, int groups) throws BindException {
    String text = in.requiredText(2, "a replacement");
    StringBuilder made = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        char next = ++i < text.length() ? text.charAt(i) : ' ';
        if (next == '\\') {
          made.append("\\\\");
        } else if (next >= '0' && next <= '9' && next - '0' <= groups) {
          made.append('$').append(next);
          if (i + 1 < text.length() && Character.isDigit(text.charAt(i + 1))) {
            made.append('\\'); // GoogleSQL's groups have one digit
          }
        } else {
          throw in.wrong(
              2,
              "the replacement has a backslash before something else than a group's number",
              "write \\1 for the first group, \\\\ for a backslash; in a raw string r'\\1'");
        }
      } else if (c == '$') {
        made.append("\\$");
      } else {
        made.append(c);
      }
    }
    return made.toString();
  }
}
