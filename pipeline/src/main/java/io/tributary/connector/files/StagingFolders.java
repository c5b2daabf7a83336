package io.tributary.connector.files;

import io.tributary.storage.Storages;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * The folders of staged files below a folder that is delivered to. Their names tell the warehouse
 * whose run it is: another one does not know it, and would take it for dead.
 *
 * @param prefix of their names
 */
record StagingFolders(String folder, String prefix) implements Serializable {

  static StagingFolders of(String folder, String warehouse) {
    byte[] address = warehouse.getBytes(StandardCharsets.UTF_8);
    String owner = UUID.nameUUIDFromBytes(address).toString().substring(0, 8);
    return new StagingFolders(folder, ".tributary-" + owner + "-");
  }

  /** The folder of a run. */
  String of(String runId) {
    return Storages.of(folder).resolve(folder, prefix + runId);
  }

  /** The runs that have a folder. */
  List<String> runs() throws IOException {
    return Storages.of(folder).names(folder).stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .toList();
  }
}
