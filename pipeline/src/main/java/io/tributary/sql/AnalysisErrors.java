package io.tributary.sql;

import io.tributary.row.Schema;
import io.tributary.spec.Code;
import io.tributary.spec.Problems;
import io.tributary.spec.Severity;
import io.tributary.spec.Suggestions;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns a message of the analyzer into a problem with a code, a position and a fix. */
final class AnalysisErrors {
  private static final Pattern POSITION = Pattern.compile("\\s*\\[at (\\d+):(\\d+)]\\s*$");
  private static final Pattern COLUMN =
      Pattern.compile("Unrecognized name: (`[^`]+`|\\S+?)(?:; Did you mean .+\\?)?");
  private static final Pattern FUNCTION =
      Pattern.compile("Function not found: (\\S+?)(?:; Did you mean (\\S+)\\?)?");
  private static final Pattern NOT_HERE =
      Pattern.compile("(Aggregate function \\S+|Analytic function) not allowed.*");
  private static final String SYNTAX = "Syntax error: ";
  private static final int NAMES_SHOWN = 20;

  private final TextPositions positions;
  private final Schema columns;

  AnalysisErrors(TextPositions positions, Schema columns) {
    this.positions = positions;
    this.columns = columns;
  }

  static boolean isSyntax(String message) {
    return message.startsWith(SYNTAX);
  }

  void report(String message, Problems problems) {
    Matcher position = POSITION.matcher(message);
    String said = message;
    Problems here = problems;
    if (position.find()) {
      said = message.substring(0, position.start());
      int start =
          positions.ofLineAndColumn(
              Integer.parseInt(position.group(1)), Integer.parseInt(position.group(2)));
      here = problems.within(start, positions.endOfWord(start) - start);
    }
    if (isSyntax(said)) {
      here.error(Code.TR121, "the SQL does not parse: " + said.substring(SYNTAX.length()), null);
      return;
    }
    Matcher column = COLUMN.matcher(said);
    if (column.matches()) {
      unknownColumn(column.group(1), here);
      return;
    }
    Matcher function = FUNCTION.matcher(said);
    if (function.matches()) {
      unknownFunction(function.group(1), function.group(2), here);
      return;
    }
    Matcher notHere = NOT_HERE.matcher(said);
    if (notHere.matches()) {
      here.error(
          Code.TR204,
          notHere.group(1).toLowerCase(Locale.ROOT).contains("analytic")
              ? "a window function is not supported in filter and select"
              : notHere.group(1).replace("Aggregate", "aggregate")
                  + " is not supported in filter and select",
          "use a `sql` transform for it: the warehouse runs it");
      return;
    }
    typeError(said, here);
  }

  private void unknownColumn(String name, Problems here) {
    Optional<String> nearest = Suggestions.nearest(name.replace("`", ""), columns.names());
    String message = "unknown column `" + name.replace("`", "") + "`";
    if (nearest.isPresent()) {
      here.replaceable(Severity.ERROR, Code.TR201, message, quoted(nearest.get()));
    } else {
      String more = columns.size() > NAMES_SHOWN ? " …" : "";
      here.error(
          Code.TR201,
          message,
          "columns here: "
              + columns.names().stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "))
              + more);
    }
  }

  private static String quoted(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : "`" + name + "`";
  }

  private static void unknownFunction(String name, @Nullable String nearest, Problems here) {
    String message = "unknown function `" + name + "`";
    if (nearest == null) {
      here.error(Code.TR203, message, "write a function of GoogleSQL");
    } else {
      boolean upper = name.equals(name.toUpperCase(Locale.ROOT));
      here.replaceable(
          Severity.ERROR, Code.TR203, message, upper ? nearest.toUpperCase(Locale.ROOT) : nearest);
    }
  }

  /** The analyzer says after what is wrong which signatures would be right. */
  private static void typeError(String said, Problems here) {
    int supported = said.indexOf(". Supported signature");
    String wrong = supported < 0 ? said : said.substring(0, supported);
    String fix = supported < 0 ? null : "possible" + said.substring(said.indexOf(':', supported));
    here.error(Code.TR202, withSmallInitial(wrong), fix);
  }

  /** A sentence as part of another; a name in capitals stays as it is. */
  private static String withSmallInitial(String sentence) {
    boolean word = sentence.length() > 1 && Character.isLowerCase(sentence.charAt(1));
    return word
        ? sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1)
        : sentence;
  }
}
