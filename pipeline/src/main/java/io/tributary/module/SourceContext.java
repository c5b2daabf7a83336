package io.tributary.module;

import io.tributary.spec.Environment;
import io.tributary.warehouse.Warehouse;
import java.time.Instant;
import java.time.ZoneId;

/**
 * What a module may ask for while a run is planned.
 *
 * @param folder the folder of the config, against which relative paths are resolved
 * @param now the moment of the run: the same for all modules
 * @param zone the config's time zone
 */
public record SourceContext(
    Environment environment, String folder, Instant now, ZoneId zone, Warehouse warehouse) {}
