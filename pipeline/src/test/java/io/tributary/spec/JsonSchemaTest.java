package io.tributary.spec;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.config.TestCatalog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JsonSchemaTest {
  private JsonNode schema;

  @BeforeEach
  void setUp() throws IOException {
    schema = new ObjectMapper().readTree(JsonSchema.of(new TestCatalog()));
  }

  @Test
  void aConfigHasTheKeysOfTheLoaderAndNoOthers() {
    List<String> keys = new ArrayList<>();
    schema.at("/properties").fieldNames().forEachRemaining(keys::add);

    assertThat(
        keys,
        contains(
            "$schema",
            "name",
            "description",
            "timezone",
            "job_name",
            "schedule",
            "args",
            "errors",
            "sources",
            "transforms",
            "sinks",
            "tests"));
    assertThat(schema.at("/additionalProperties").asBoolean(true), is(false));
    assertThat(texts(schema.at("/required")), contains("sources", "sinks"));
    assertThat(texts(schema.at("/properties/schedule/required")), contains("cron"));
  }

  @Test
  void anItemIsWhatItsModuleSays() {
    JsonNode items = schema.at("/properties/transforms/items");

    assertThat(
        texts(items.at("/properties/module/enum")), contains("filter", "select", "sql", "beamsql"));
    assertThat(texts(items.at("/required")), contains("name", "module"));
    assertThat(texts(items.at("/allOf/2/if/properties/module/enum")), contains("sql", "beamsql"));
    assertThat(items.at("/allOf/2/then/$ref").asText(), is("#/definitions/transform.sql"));
    assertThat(schema.at("/definitions/transform.sql").isObject(), is(true));
  }

  @Test
  void keysOfAModuleStandInTheNodeOrInParameters() {
    JsonNode sink = schema.at("/definitions/sink.bigquery");

    assertThat(sink.at("/additionalProperties").asBoolean(true), is(false));
    assertThat(
        sink.at("/properties/table"), is(sink.at("/properties/parameters/properties/table")));
    assertThat(sink.at("/properties/input").isObject(), is(true));
    assertThat(sink.at("/properties/parameters/properties/inputs").isObject(), is(true));
    assertThat(texts(sink.at("/allOf/0/anyOf/0/required")), contains("table"));
    assertThat(
        texts(sink.at("/allOf/0/anyOf/1/properties/parameters/required")), contains("table"));
    assertThat(schema.at("/definitions/source.mysql").has("allOf"), is(false));
    assertThat(schema.at("/definitions/source.mysql/properties").has("input"), is(false));
  }

  @Test
  void aFieldHasItsDescriptionDefaultAndExample() {
    JsonNode table = schema.at("/definitions/sink.bigquery/properties/table");
    JsonNode mode = schema.at("/definitions/sink.bigquery/properties/mode");
    JsonNode port = schema.at("/definitions/source.mysql/properties/port");

    assertThat(
        table.at("/description").asText(), is("Table to write, as `project:dataset.table`."));
    assertThat(texts(table.at("/examples")), contains("my-project:mart.revenue"));
    assertThat(mode.at("/default").asText(), is("replace"));
    assertThat(texts(mode.at("/anyOf/0/enum")), contains("replace", "append", "merge"));
    assertThat(mode.at("/anyOf/1/pattern").asText(), is("^(REPLACE|APPEND|MERGE)$|\\$\\{"));
    assertThat(port.at("/default").intValue(), is(3306));
    assertThat(port.at("/anyOf/0/maximum").intValue(), is(65535));
    assertThat(port.at("/anyOf/1/pattern").asText(), is("^\\d+$|\\$\\{"));
  }

  @Test
  void testsHaveRowsForNodes() {
    JsonNode test = schema.at("/properties/tests/items");

    assertThat(texts(test.at("/required")), contains("name"));
    assertThat(test.at("/additionalProperties").asBoolean(true), is(false));
    assertThat(
        test.at("/properties/mock/additionalProperties/anyOf/0/$ref").asText(),
        is("#/definitions/test.rows"));
    assertThat(
        test.at("/properties/expect/additionalProperties/anyOf/1/properties/ordered/type").asText(),
        is("boolean"));
    assertThat(schema.at("/definitions/test.rows/items/type").asText(), is("object"));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
