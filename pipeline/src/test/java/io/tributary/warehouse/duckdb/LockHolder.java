package io.tributary.warehouse.duckdb;

import io.tributary.warehouse.Warehouse;
import io.tributary.warehouse.Warehouses;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tries to take a config's lock when it is told to, and keeps it until it is told to end. */
final class LockHolder {
  private LockHolder() {}

  /**
   * @param arguments the warehouse's address, the config, the run id
   */
  public static void main(String[] arguments) throws Exception {
    Warehouse warehouse = Warehouses.at(arguments[0]);
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    input.readLine();
    Optional<Warehouse.RunLock> lock = warehouse.tryLock(arguments[1], arguments[2]);
    System.out.println(lock.isPresent() ? "taken" : "refused");
    input.readLine();
    lock.ifPresent(Warehouse.RunLock::close);
    System.out.println("ended");
  }
}
