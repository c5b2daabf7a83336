package io.tributary.sql;

import io.tributary.row.Schema;
import io.tributary.spec.Code;
import io.tributary.spec.Problems;
import io.tributary.spec.Severity;
import io.tributary.spec.Suggestions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  private static final Pattern FIELD = Pattern.compile("Name (`[^`]+`|\\S+) not found inside (.+)");
  private static final Pattern TABLE =
      Pattern.compile("Table not found: (\\S+?)(?:; Did you mean (\\S+)\\?)?");
  private static final Pattern OTHER_STATEMENT =
      Pattern.compile("Statement not supported: (\\w+?)(?:Statement)?");
  private static final Pattern KEYWORD = Pattern.compile("Unexpected keyword (\\w+)");

  /** After a comma that may stand at the end, ORDER and GROUP begin a clause. */
  private static final Pattern CLAUSE = Pattern.compile("Expected keyword BY but got .+");

  private static final Pattern NOT_GROUPED =
      Pattern.compile(".* references column (\\S+) which is neither grouped nor aggregated");
  private static final Pattern AMBIGUOUS = Pattern.compile("Column name (\\S+) is ambiguous");
  private static final Pattern OF_ONE_TYPE = Pattern.compile(": ANY( \\S+ ANY)+");
  private static final String SECOND_STATEMENT = "Expected end of input but got";
  private static final String SYNTAX = "Syntax error: ";
  private static final int NAMES_SHOWN = 20;

  static final String UNAVAILABLE =
      "SQL cannot be checked on this machine: the analyzer's native library does not load here";
  static final String PLATFORMS = "run on Linux x86-64 or macOS";

  private final TextPositions positions;
  private final List<String> columns;
  private final List<String> tables;
  private final boolean query;

  private AnalysisErrors(
      TextPositions positions, List<String> columns, List<String> tables, boolean query) {
    this.positions = positions;
    this.columns = columns;
    this.tables = tables;
    this.query = query;
  }

  static AnalysisErrors ofExpression(TextPositions positions, Schema columns) {
    return new AnalysisErrors(positions, columns.names(), List.of(), false);
  }

  static AnalysisErrors ofQuery(TextPositions positions, Map<String, Schema> tables) {
    List<String> columns =
        tables.values().stream().flatMap(table -> table.names().stream()).distinct().toList();
    return new AnalysisErrors(positions, columns, List.copyOf(tables.keySet()), true);
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
      if (isSyntax(said) && CLAUSE.matcher(said.substring(SYNTAX.length())).matches()) {
        unfinishedClause(said.substring(SYNTAX.length()), start, here, problems);
        return;
      }
    }
    if (isSyntax(said)) {
      syntaxError(said.substring(SYNTAX.length()), here);
      return;
    }
    if (query && isOfQuery(said, here)) {
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
    if (!query && notHere.matches()) {
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

  /** ORDER or GROUP without BY: probably meant as a column, then the error is at that word. */
  private void unfinishedClause(String said, int at, Problems here, Problems problems) {
    String word = positions.wordBefore(at).toLowerCase(Locale.ROOT);
    if (columns.isEmpty() || contains(columns, word)) {
      int start = positions.startOfWordBefore(at);
      problems
          .within(start, word.length())
          .error(Code.TR121, "the SQL does not parse: " + said, inBackticks(word));
    } else {
      syntaxError(said, here);
    }
  }

  private void syntaxError(String said, Problems here) {
    Matcher keyword = KEYWORD.matcher(said);
    String fix = null;
    if (keyword.matches()) {
      String word = keyword.group(1).toLowerCase(Locale.ROOT);
      fix = columns.isEmpty() || contains(columns, word) ? inBackticks(word) : null;
    } else if (query && said.startsWith(SECOND_STATEMENT)) {
      fix = "write one query; to name a column like a keyword, put it in backticks";
    }
    here.error(Code.TR121, "the SQL does not parse: " + said, fix);
  }

  private static String inBackticks(String word) {
    return "if this is the name of a column, write it in backticks: `" + word + "`";
  }

  private static boolean contains(List<String> names, String name) {
    return names.stream().anyMatch(name::equalsIgnoreCase);
  }

  /** Reports what only a query can have wrong; false when it is something else. */
  private boolean isOfQuery(String said, Problems here) {
    Matcher table = TABLE.matcher(said);
    if (table.matches()) {
      unknownTable(table.group(1), here);
      return true;
    }
    Matcher field = FIELD.matcher(said);
    if (field.matches()) {
      unknownField(field.group(1).replace("`", ""), field.group(2), here);
      return true;
    }
    Matcher statement = OTHER_STATEMENT.matcher(said);
    if (statement.matches()) {
      here.error(
          Code.TR217,
          statement.group(1).replaceAll("(?<=[a-z])(?=[A-Z])", " ").toUpperCase(Locale.ROOT)
              + " is no query",
          "write one SELECT; the sink that reads this node writes its rows");
      return true;
    }
    return false;
  }

  private void unknownTable(String name, Problems here) {
    String message = "unknown table `" + name + "`";
    Optional<String> nearest = Suggestions.nearest(name, tables);
    if (nearest.isPresent()) {
      here.replaceable(Severity.ERROR, Code.TR201, message, quoted(nearest.get()));
    } else {
      here.error(Code.TR201, message, "tables here are the inputs: " + listed(tables));
    }
  }

  private void unknownField(String name, String of, Problems here) {
    String message = "unknown column `" + name + "` in `" + of + "`";
    Optional<String> nearest = Suggestions.nearest(name, columns);
    if (nearest.isPresent()) {
      here.replaceable(Severity.ERROR, Code.TR201, message, quoted(nearest.get()));
    } else {
      here.error(Code.TR201, message, null);
    }
  }

  private static String listed(List<String> names) {
    return names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "))
        + (names.size() > NAMES_SHOWN ? " …" : "");
  }

  private void unknownColumn(String name, Problems here) {
    Optional<String> nearest = Suggestions.nearest(name.replace("`", ""), columns);
    String message = "unknown column `" + name.replace("`", "") + "`";
    if (nearest.isPresent()) {
      here.replaceable(Severity.ERROR, Code.TR201, message, quoted(nearest.get()));
    } else {
      here.error(Code.TR201, message, "columns here: " + listed(columns));
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
    String fix =
        supported < 0 ? fixOf(said) : possible(said.substring(said.indexOf(':', supported)));
    here.error(Code.TR202, withSmallInitial(wrong), fix);
  }

  private static @Nullable String fixOf(String said) {
    Matcher notGrouped = NOT_GROUPED.matcher(said);
    if (notGrouped.matches()) {
      String column = notGrouped.group(1);
      return "add it to GROUP BY, or aggregate it, such as MAX(" + column + ")";
    }
    Matcher ambiguous = AMBIGUOUS.matcher(said);
    return ambiguous.matches() ? "write its table before it: table." + ambiguous.group(1) : null;
  }

  private static String possible(String signatures) {
    return OF_ONE_TYPE.matcher(signatures).matches()
        ? "give all of them one type, such as by CAST(... AS ...)"
        : "possible" + signatures;
  }

  /** A sentence as part of another; a name in capitals stays as it is. */
  private static String withSmallInitial(String sentence) {
    boolean word =
        sentence.length() > 1
            && (Character.isLowerCase(sentence.charAt(1)) || sentence.startsWith("A "));
    return word
        ? sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1)
        : sentence;
  }
}
