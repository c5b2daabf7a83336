package io.tributary.warehouse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Finds the warehouse of an address. */
public final class Warehouses {
  private Warehouses() {}

  /**
   * The warehouse at an address.
   *
   * @throws IllegalArgumentException when no warehouse has such addresses; the message lists the
   *     forms
   */
  public static Warehouse at(String address) {
    List<String> forms = new ArrayList<>();
    for (WarehouseProvider provider : ServiceLoader.load(WarehouseProvider.class)) {
      Optional<Warehouse> warehouse = provider.at(address);
      if (warehouse.isPresent()) {
        return warehouse.get();
      }
      forms.add(provider.addressForm());
    }
    throw new IllegalArgumentException(
        "unknown warehouse `" + address + "`; valid: " + String.join(", ", forms));
  }

  /**
   * Runs queries apart from any warehouse.
   *
   * @param folder which holds the staged files
   */
  public static ScratchQueries scratch(Path folder) {
    for (WarehouseProvider provider : ServiceLoader.load(WarehouseProvider.class)) {
      Optional<ScratchQueries> queries = provider.scratch(folder);
      if (queries.isPresent()) {
        return queries.get();
      }
    }
    throw new IllegalStateException("no kind of warehouse runs queries apart from one");
  }
}
