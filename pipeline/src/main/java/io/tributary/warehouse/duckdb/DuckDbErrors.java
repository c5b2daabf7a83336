package io.tributary.warehouse.duckdb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.failure.PermanentException;
import io.tributary.failure.RunException;
import io.tributary.failure.TransientException;
import io.tributary.warehouse.QueryException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What DuckDB's errors mean. SQLState is always null, so the type and the text decide; connections
 * are set to {@code errors_as_json}, which gives both, and the position.
 */
final class DuckDbErrors {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Types of errors that may be gone the next time. */
  private static final Set<String> TRANSIENT =
      Set.of("IO", "Transaction", "TransactionContext", "Connection", "Interrupt", "FATAL");

  private static final Pattern LOCKED = Pattern.compile("(?s).*Could not set lock on file.*");
  private static final Pattern PID = Pattern.compile("PID (\\d+)");
  private static final Pattern PLAIN = Pattern.compile("(?s)([A-Za-z ]+?) Error: (.*)");

  private DuckDbErrors() {}

  /**
   * An error's parts.
   *
   * @param type such as {@code Binder}; empty when unknown
   * @param position in UTF-8 bytes from 0; -1 when unknown
   * @param missing the table that does not exist, if that is the reason
   */
  private record Parts(String type, String message, int position, @Nullable String missing) {}

  private static Parts parse(SQLException error) {
    String text = String.valueOf(error.getMessage());
    int brace = text.indexOf('{');
    if (brace >= 0 && text.endsWith("}")) {
      try {
        JsonNode json = JSON.readTree(text.substring(brace));
        boolean missing =
            json.path("error_subtype").asText().equals("MISSING_ENTRY")
                    && json.path("type").asText().equals("Table")
                || json.path("exception_message").asText().startsWith("Table with name");
        return new Parts(
            json.path("exception_type").asText(),
            json.path("exception_message").asText(),
            json.path("position").asInt(-1),
            missing ? missingTable(json) : null);
      } catch (JsonProcessingException e) {
        return new Parts("", text, -1, null); // a text that only looks like JSON is a message, too
      }
    }
    Matcher plain = PLAIN.matcher(text);
    return plain.matches()
        ? new Parts(plain.group(1), plain.group(2), -1, null)
        : new Parts("", text, -1, null);
  }

  private static String missingTable(JsonNode json) {
    String name = json.path("name").asText();
    Matcher quoted =
        Pattern.compile("Table with name \"?([^\"\\s]+)\"?")
            .matcher(json.path("exception_message").asText());
    return quoted.find() ? quoted.group(1) : name;
  }

  /** The message without the suggestions of system tables and the caret picture. */
  static String message(SQLException error) {
    return tidy(parse(error).message());
  }

  private static String tidy(String message) {
    return message.replaceAll("(?s)\\n(Did you mean|LINE \\d+:).*", "").strip().replace("\n", "; ");
  }

  /** As the refusal of a query that begins {@code shift} characters into the text sent. */
  static QueryException refused(SQLException error, String sql, int shift) {
    Parts parts = parse(error);
    int offset = parts.position() < 0 ? -1 : utf16Offset(sql, parts.position() - shift);
    return new QueryException(tidy(parts.message()), offset, parts.missing(), error);
  }

  /** DuckDB counts bytes of UTF-8. */
  static int utf16Offset(String sql, int utf8Offset) {
    byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
    if (utf8Offset < 0 || utf8Offset > bytes.length) {
      return -1;
    }
    return new String(bytes, 0, utf8Offset, StandardCharsets.UTF_8).length();
  }

  /** As the failure of a run; {@code doing} says in a few words what was being done. */
  static RunException failure(String doing, SQLException error) {
    Parts parts = parse(error);
    String message = doing + ": " + tidy(parts.message());
    if (parts.type().startsWith("Out of Memory")) {
      return new PermanentException(
          message
              + "; give the warehouse more memory: "
              + DuckDbSettings.MEMORY_VARIABLE
              + "=2GB, or duckdb:PATH?memory_limit=2GB",
          error);
    }
    return TRANSIENT.contains(parts.type())
        ? new TransientException(message, error)
        : new PermanentException(message, error);
  }

  /** Whether another process has the file open. */
  static boolean isLocked(SQLException error) {
    return LOCKED.matcher(String.valueOf(error.getMessage())).matches();
  }

  /** The process that has the file open, for a message. */
  static String holder(SQLException error) {
    Matcher pid = PID.matcher(String.valueOf(error.getMessage()));
    return pid.find() ? "process " + pid.group(1) : "another process";
  }
}
