package io.tributary.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.config.DiagnosticJson;
import io.tributary.config.Diagnostics;
import io.tributary.configtest.Difference;
import io.tributary.configtest.Difference.Cell;
import io.tributary.configtest.Difference.Kind;
import io.tributary.configtest.Difference.Line;
import io.tributary.configtest.FileResult;
import io.tributary.configtest.TestResult;
import io.tributary.configtest.TestResult.Failure;
import io.tributary.configtest.TestResult.Status;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes how tests ended as JSON, for scripts. */
final class TestJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private TestJson() {}

  static void print(List<FileResult> files, Writer to) throws IOException {
    Json.write(
        to,
        json -> {
          json.setCodec(MAPPER);
          json.writeStartObject();
          json.writeArrayFieldStart("files");
          for (FileResult file : files) {
            json.writeStartObject();
            json.writeStringField("file", file.file());
            diagnostics(file.loaded().diagnostics().onlyErrors(), json);
            json.writeArrayFieldStart("tests");
            for (TestResult test : file.tests()) {
              test(test, json);
            }
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeNumberField(
              "tests", files.stream().mapToInt(file -> file.tests().size()).sum());
          for (Status status : Status.values()) {
            json.writeNumberField(
                word(status), files.stream().mapToLong(file -> file.count(status)).sum());
          }
          json.writeEndObject();
        });
    to.flush();
  }

  private static void diagnostics(Diagnostics diagnostics, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("diagnostics");
    for (var diagnostic : diagnostics.all()) {
      json.writeTree(DiagnosticJson.node(diagnostic));
    }
    json.writeEndArray();
  }

  private static void test(TestResult test, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", test.name());
    json.writeNumberField("line", test.place().line());
    json.writeStringField("status", word(test.status()));
    json.writeArrayFieldStart("failures");
    for (Failure failure : test.failures()) {
      json.writeStartObject();
      json.writeStringField("node", failure.node());
      json.writeNumberField("line", failure.place().line());
      json.writeStringField("message", failure.message());
      json.writeArrayFieldStart("rows");
      Difference difference = failure.difference();
      for (Line line : difference == null ? List.<Line>of() : difference.lines()) {
        json.writeStartObject();
        json.writeStringField("kind", word(line.kind()));
        row("expected", difference, line, line.kind() != Kind.UNEXPECTED, json);
        row("actual", difference, line, line.kind() != Kind.MISSING, json);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    diagnostics(test.diagnostics(), json);
    json.writeEndObject();
  }

  private static void row(
      String key, Difference difference, Line line, boolean there, JsonGenerator json)
      throws IOException {
    if (!there) {
      json.writeNullField(key);
      return;
    }
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (int i = 0; i < line.cells().size(); i++) {
      Cell cell = line.cells().get(i);
      if (cell.compared()) {
        row.put(
            difference.columns().get(i).name(),
            key.equals("actual") ? cell.actual() : cell.expected());
      }
    }
    json.writeFieldName(key);
    MAPPER.writeValue(json, row);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
