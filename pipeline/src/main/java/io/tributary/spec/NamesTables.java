package io.tributary.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Implemented by the parameters of transforms that read several nodes as tables of a query. */
public interface NamesTables {
  /** The key of {@link #aliases}. */
  String KEY = "inputs_alias";

  /** Names for the inputs, in their order; empty when each has the name of its node. */
  List<String> aliases();

  /**
   * The inputs by the names that they have in the query, in order.
   *
   * @param inputs names of nodes; as many as there are aliases, unless there are none
   */
  default Map<String, String> tables(List<String> inputs) {
    List<String> names = aliases().isEmpty() ? inputs : aliases();
    Map<String, String> tables = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      tables.put(names.get(i), inputs.get(i));
    }
    return tables;
  }
}
