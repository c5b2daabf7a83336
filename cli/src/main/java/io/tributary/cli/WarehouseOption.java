package io.tributary.cli;

import io.tributary.warehouse.Warehouse;
import io.tributary.warehouse.Warehouses;
import picocli.CommandLine.Option;

/** Which warehouse a command works with. */
final class WarehouseOption {
  static final String DEFAULT = "duckdb:tributary.duckdb";

  @Option(
      names = "--warehouse",
      paramLabel = "ADDRESS",
      defaultValue = DEFAULT,
      description = "The warehouse, as duckdb:PATH (default: ${DEFAULT-VALUE}).")
  private String address = DEFAULT;

  String address() {
    return address;
  }

  /** The part of a command line that names this warehouse; empty for the default. */
  String asTyped() {
    return address.equals(DEFAULT) ? "" : " --warehouse " + address;
  }

  Warehouse open() {
    try {
      return Warehouses.at(address);
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage(), null);
    }
  }

  /**
   * The warehouse, which has to be there.
   *
   * @throws InputException when nothing was ever written to it
   */
  Warehouse existing() {
    Warehouse warehouse = open();
    if (!warehouse.exists()) {
      throw new InputException(
          "there is no warehouse at " + warehouse.address(),
          "`./tributary run CONFIG` makes it; name another one by --warehouse duckdb:PATH");
    }
    return warehouse;
  }
}
