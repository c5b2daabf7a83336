package io.tributary.warehouse.duckdb;

import io.tributary.spec.Environment;
import io.tributary.warehouse.ScratchQueries;
import io.tributary.warehouse.Warehouse;
import io.tributary.warehouse.WarehouseProvider;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Embedded warehouses: {@code duckdb:PATH}, optionally with {@code ?memory_limit=1GB}. The limit
 * can also be set by the environment variable {@code TRIBUTARY_DUCKDB_MEMORY}; it is 512 MB when
 * neither is given.
 */
public final class DuckDbProvider implements WarehouseProvider {
  private static final String PREFIX = "duckdb:";

  @Override
  public Optional<Warehouse> at(String address) {
    if (!address.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String rest = address.substring(PREFIX.length());
    int question = rest.indexOf('?');
    String path = question < 0 ? rest : rest.substring(0, question);
    if (path.isBlank() || path.startsWith(":memory:")) {
      throw new IllegalArgumentException(
          "warehouse `"
              + address
              + "` has no file; write duckdb:PATH, such as"
              + " duckdb:tributary.duckdb");
    }
    Environment environment = Environment.ofProcess();
    DuckDbSettings settings =
        DuckDbSettings.parse(question < 0 ? "" : rest.substring(question + 1), environment);
    try {
      Path file = environment.directory().resolve(path);
      return Optional.of(new DuckDbWarehouse(address, file, settings));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("warehouse `" + address + "`: " + e.getMessage(), e);
    }
  }

  @Override
  public Optional<ScratchQueries> scratch(Path folder) {
    return Optional.of(
        new DuckDbScratch(folder, DuckDbSettings.parse("", Environment.ofProcess())));
  }

  @Override
  public String addressForm() {
    return PREFIX + "PATH";
  }
}
