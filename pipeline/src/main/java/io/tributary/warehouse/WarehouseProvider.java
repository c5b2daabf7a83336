package io.tributary.warehouse;

import java.util.Optional;

/** Makes warehouses of one kind; found by ServiceLoader. */
public interface WarehouseProvider {

  /**
   * The warehouse at an address, or empty when the address is of another kind.
   *
   * @throws IllegalArgumentException when the address is of this kind but wrong; the message is for
   *     the user
   */
  Optional<Warehouse> at(String address);

  /** The form of its addresses, for help texts: {@code duckdb:PATH}. */
  String addressForm();
}
