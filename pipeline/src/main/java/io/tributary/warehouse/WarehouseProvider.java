package io.tributary.warehouse;

import java.nio.file.Path;
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

  /**
   * Runs queries apart from any warehouse, with the semantics of this kind; empty when this kind
   * needs one.
   *
   * @param folder which holds the staged files
   */
  Optional<ScratchQueries> scratch(Path folder);

  /** The form of its addresses, for help texts: {@code duckdb:PATH}. */
  String addressForm();
}
