package io.tributary.config;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A config whose keys and values are all right; its wiring may still be wrong.
 *
 * @param file as the user named it
 * @param folder of the file, against which relative paths in it are resolved
 * @param name the key {@code name}, else the file's name without ending
 * @param hash SHA-256 of the file's bytes, in hex
 * @param nodes sources, transforms, sinks, in file order
 */
public record PipelineConfig(
    String file,
    String folder,
    String name,
    @Nullable String description,
    String hash,
    ZoneId timezone,
    @Nullable Schedule schedule,
    ErrorPolicy errors,
    List<NodeConfig> nodes) {
  public PipelineConfig {
    nodes = List.copyOf(nodes);
  }
}
