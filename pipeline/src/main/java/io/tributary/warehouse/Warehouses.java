package io.tributary.warehouse;

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
}
