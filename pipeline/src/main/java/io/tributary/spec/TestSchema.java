package io.tributary.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The part of a config's JSON Schema that describes {@code tests}. */
final class TestSchema {
  private static final String ROWS = "#/definitions/test.rows";

  private TestSchema() {}

  /**
   * @param tests what is said of the key
   * @param definitions of the whole schema
   */
  static void write(ObjectNode tests, ObjectNode definitions) {
    definitions
        .putObject("test.rows")
        .put("type", "array")
        .put("description", "Rows: maps from column to value. A column that is left out is NULL.")
        .putObject("items")
        .put("type", "object");
    tests.put("type", "array");
    tests.put("description", "Tests: rows of sources, and what comes of them at other nodes.");
    ObjectNode test = tests.putObject("items");
    test.put("type", "object").put("additionalProperties", false);
    test.putArray("required").add(ConfigKeys.TEST_NAME.name());
    ObjectNode properties = test.putObject("properties");
    ConfigKeys.TEST.forEach(field -> JsonSchema.property(properties, field));
    section(properties, ConfigKeys.ARGS, "Values of `${args.name}` in this test.");
    mock(section(properties, ConfigKeys.MOCK, "Rows in place of those of sources or transforms."));
    expect(section(properties, ConfigKeys.EXPECT, "Rows that nodes give; of sinks, write."));
    rejected(section(properties, ConfigKeys.REJECTED, "Rows that nodes reject."));
  }

  private static ObjectNode section(ObjectNode properties, String key, String about) {
    return properties.putObject(key).put("type", "object").put("description", about);
  }

  private static void mock(ObjectNode mock) {
    var forms = mock.putObject("additionalProperties").putArray("anyOf");
    forms.addObject().put("$ref", ROWS);
    ObjectNode typed = forms.addObject();
    typed.put("type", "object").put("additionalProperties", false);
    typed.putArray("required").add("rows");
    ObjectNode keys = typed.putObject("properties");
    keys.putObject("rows").put("$ref", ROWS);
    keys.putObject("schema")
        .put("description", "Columns and types, such as \"id:INT64, name:STRING\".")
        .putArray("type")
        .add("string")
        .add("array");
  }

  private static void expect(ObjectNode expect) {
    var forms = expect.putObject("additionalProperties").putArray("anyOf");
    forms.addObject().put("$ref", ROWS);
    ObjectNode all = form(forms.addObject(), "rows", "All rows; in any order.");
    all.putObject("columns")
        .put("type", "array")
        .put("description", "The only columns to compare; default: all.");
    all.putObject("ordered")
        .put("type", "boolean")
        .put("description", "Whether the order matters; default: false.");
    form(forms.addObject(), "contains", "Rows that are there, in the columns that are written.");
    ObjectNode counted = forms.addObject().put("type", "object").put("additionalProperties", false);
    counted.putArray("required").add("count");
    counted
        .putObject("properties")
        .putObject("count")
        .put("type", "integer")
        .put("minimum", 0)
        .put("description", "How many rows.");
  }

  private static ObjectNode form(ObjectNode form, String key, String about) {
    form.put("type", "object").put("additionalProperties", false);
    form.putArray("required").add(key);
    ObjectNode properties = form.putObject("properties");
    properties.putObject(key).put("$ref", ROWS).put("description", about);
    return properties;
  }

  private static void rejected(ObjectNode rejected) {
    var forms = rejected.putObject("additionalProperties").putArray("anyOf");
    forms.addObject().put("type", "integer").put("minimum", 0).put("description", "How many rows.");
    forms
        .addObject()
        .put("type", "array")
        .put("description", "A part of the reason of each row.")
        .putObject("items")
        .put("type", "string");
  }
}
