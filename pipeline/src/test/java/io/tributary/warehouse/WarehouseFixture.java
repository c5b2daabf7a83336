package io.tributary.warehouse;

import java.nio.file.Path;

/** A kind of warehouse that the contract is tested against. */
public interface WarehouseFixture {

  /** An empty warehouse; whatever it needs lies in the folder. */
  Warehouse empty(Path folder);

  /** The embedded warehouse. */
  final class DuckDb implements WarehouseFixture {
    @Override
    public Warehouse empty(Path folder) {
      return Warehouses.at("duckdb:" + folder.resolve("warehouse.duckdb"));
    }

    @Override
    public String toString() {
      return "duckdb";
    }
  }
}
