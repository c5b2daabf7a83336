package io.tributary.spec;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the JSON Schema (draft 7) of a config, from which editors complete keys and show mistakes.
 * It knows each module's keys and no others; what the loader accepts is accepted, too: references
 * for any value, and keys in a node or in its parameters.
 */
public final class JsonSchema {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  private static final String REFERENCE = "\\$\\{";

  private JsonSchema() {}

  /** The schema of configs that use the modules of a catalog. */
  public static String of(Catalog catalog) {
    ObjectNode root = JSON.createObjectNode();
    root.put("$schema", "http://json-schema.org/draft-07/schema#");
    root.put("title", "Tributary config");
    root.put("type", "object");
    root.putArray("required").add("sources").add("sinks");
    root.put("additionalProperties", false);
    ObjectNode properties = root.putObject("properties");
    properties.putObject("$schema").put("type", "string");
    ConfigKeys.TOP.forEach(field -> property(properties, field));
    section(properties, "schedule", "When the config is to be run.", ConfigKeys.SCHEDULE);
    properties
        .putObject("args")
        .put("type", "object")
        .put("description", "Defaults of arguments, which `${args.name}` refers to.");
    section(properties, "errors", "How many rejected rows a run may have.", ConfigKeys.ERRORS);
    ObjectNode definitions = root.putObject("definitions");
    for (Spec.Kind kind : Spec.Kind.values()) {
      ObjectNode list = properties.putObject(kind + "s");
      list.put("type", "array");
      if (kind != Spec.Kind.TRANSFORM) {
        list.put("minItems", 1);
      }
      nodes(list.putObject("items"), kind, catalog.all(kind));
      for (Spec<?> spec : catalog.all(kind)) {
        definition(definitions.putObject(reference(spec)), spec);
      }
    }
    TestSchema.write(properties.putObject(ConfigKeys.TESTS), definitions);
    return root.toPrettyString();
  }

  private static void section(
      ObjectNode properties, String name, String about, List<Field<?>> fields) {
    ObjectNode section = properties.putObject(name);
    section.put("type", "object").put("description", about).put("additionalProperties", false);
    ArrayNode required = JSON.createArrayNode();
    fields.stream().filter(Field::isRequired).forEach(field -> required.add(field.name()));
    if (!required.isEmpty()) {
      section.set("required", required);
    }
    ObjectNode inner = section.putObject("properties");
    fields.forEach(field -> property(inner, field));
  }

  /** An item is what its module says. */
  private static void nodes(ObjectNode items, Spec.Kind kind, List<Spec<?>> specs) {
    items.put("type", "object");
    items.put("description", "A " + kind + ".");
    items.putArray("required").add("name").add("module");
    ObjectNode properties = items.putObject("properties");
    ArrayNode names = properties.putObject("module").putArray("enum");
    ArrayNode choices = JSON.createArrayNode();
    for (Spec<?> spec : specs) {
      ArrayNode own = JSON.createArrayNode().add(spec.name());
      spec.aliases().forEach(own::add);
      names.addAll(own);
      ObjectNode choice = choices.addObject();
      ObjectNode condition = choice.putObject("if");
      condition.putArray("required").add("module");
      condition.putObject("properties").putObject("module").set("enum", own);
      choice.putObject("then").put("$ref", "#/definitions/" + reference(spec));
    }
    if (!choices.isEmpty()) {
      items.set("allOf", choices);
    }
  }

  private static void definition(ObjectNode definition, Spec<?> spec) {
    definition.put("description", spec.summary());
    definition.put("additionalProperties", false);
    ObjectNode properties = definition.putObject("properties");
    ObjectNode parameters = JSON.createObjectNode();
    parameters.put("type", "object").put("additionalProperties", false);
    ObjectNode inner = parameters.putObject("properties");
    for (Field<?> field : spec.fields()) {
      property(properties, field);
      property(inner, field);
    }
    if (spec.kind() != Spec.Kind.SOURCE) {
      for (String key : List.of("input", "inputs")) {
        ArrayNode types = JSON.createArrayNode().add("string").add("array");
        String about =
            spec.severalInputs()
                ? "Names of the nodes whose rows are read."
                : "Name of the node whose rows are read.";
        properties.putObject(key).put("description", about).set("type", types);
        inner.putObject(key).put("description", about).set("type", types);
      }
    }
    properties.putObject("name").put("type", "string").put("description", "Name of the node.");
    properties.putObject("module").put("type", "string");
    properties.putObject("description").put("type", "string");
    properties.set("parameters", parameters);
    required(definition, spec);
  }

  /** A required key stands in the node or in its parameters; with a profile, perhaps in neither. */
  private static void required(ObjectNode definition, Spec<?> spec) {
    if (spec.field("profile").isPresent()) {
      return;
    }
    ArrayNode all = JSON.createArrayNode();
    for (Field<?> field : spec.fields()) {
      if (field.isRequired()) {
        ArrayNode either = all.addObject().putArray("anyOf");
        either.addObject().putArray("required").add(field.name());
        ObjectNode below = either.addObject();
        below.putArray("required").add("parameters");
        below
            .putObject("properties")
            .putObject("parameters")
            .putArray("required")
            .add(field.name());
      }
    }
    if (!all.isEmpty()) {
      definition.set("allOf", all);
    }
  }

  static void property(ObjectNode properties, Field<?> field) {
    ObjectNode property = properties.putObject(field.name());
    if (!field.about().isEmpty()) {
      property.put("description", field.about());
    }
    Object byDefault = field.defaultValue();
    if (byDefault instanceof Boolean || byDefault instanceof Number) {
      property.set("default", JSON.valueToTree(byDefault));
    } else if (byDefault != null) {
      property.put("default", SpecDocs.shown(byDefault));
    }
    if (field.example() != null) {
      property.putArray("examples").add(JSON.valueToTree(field.example()));
    }
    Map<String, Object> shape = field.shape().jsonSchema();
    if (shape.isEmpty()) {
      return;
    }
    ArrayNode either = property.putArray("anyOf");
    either.add(JSON.<ObjectNode>valueToTree(shape));
    either.addObject().put("type", "string").put("pattern", asText(field.shape()));
  }

  /** How a value may be written as text: as a reference, or in quotes. */
  private static String asText(Shape<?> shape) {
    return switch (shape.kind()) {
      case INTEGER -> "^\\d+$|" + REFERENCE;
      case BOOLEAN -> "^(true|false)$|" + REFERENCE;
      case WORD ->
          "^(" + String.join("|", shape.words()).toUpperCase(Locale.ROOT) + ")$|" + REFERENCE;
      case TEXT, NUMBER, SECRET, SQL, EXPRESSION, LIST, MAP, ANY -> REFERENCE;
    };
  }

  private static String reference(Spec<?> spec) {
    return spec.kind() + "." + spec.name();
  }
}
