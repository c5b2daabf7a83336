package io.tributary.configtest;

import io.tributary.warehouse.Warehouse;
import io.tributary.warehouse.WarehouseSession;
import java.util.Optional;

/** A warehouse in which nothing was ever written, and which is never opened. */
final class EmptyWarehouse implements Warehouse {
  private static final String ADDRESS = "none:";

  @Override
  public String address() {
    return ADDRESS;
  }

  @Override
  public String describe() {
    return "empty warehouse of a test";
  }

  @Override
  public boolean exists() {
    return false;
  }

  @Override
  public WarehouseSession open() {
    throw unused();
  }

  @Override
  public String stagingFolder(String runId) {
    throw unused();
  }

  @Override
  public Optional<RunLock> tryLock(String config, String runId) {
    throw unused();
  }

  @Override
  public Optional<String> lockHolder(String config) {
    throw unused();
  }

  @Override
  public boolean isAlive(String runId) {
    throw unused();
  }

  private static IllegalStateException unused() {
    return new IllegalStateException("a test uses no warehouse");
  }
}
