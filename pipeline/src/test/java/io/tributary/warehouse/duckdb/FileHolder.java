package io.tributary.warehouse.duckdb;

import io.tributary.warehouse.WarehouseSession;
import io.tributary.warehouse.Warehouses;

/** Has a warehouse open until it is told to close it. */
final class FileHolder {
  private FileHolder() {}

  /**
   * @param arguments the warehouse's address
   */
  public static void main(String[] arguments) throws Exception {
    WarehouseSession session = Warehouses.at(arguments[0]).open();
    System.out.println("open");
    if (System.in.read() >= 0) {
      session.close();
    }
    System.out.println("closed");
  }
}
