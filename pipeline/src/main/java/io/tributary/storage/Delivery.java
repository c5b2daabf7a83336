package io.tributary.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What makes the staged files of one sink visible: renames, then a manifest, then the removal of
 * what the manifest before named. It holds all that is needed to do or finish it, so it is kept in
 * the ledger until it is done. Carrying it out again changes nothing.
 *
 * @param moves from staged to final path, in order
 * @param manifestPath where the list of current files is written
 * @param manifest its text
 * @param obsolete files of the delivery before that are not in this one
 * @param stagingFolder removed at the end
 */
public record Delivery(
    String runId,
    String sink,
    List<Move> moves,
    String manifestPath,
    String manifest,
    List<String> obsolete,
    String stagingFolder) {

  /** A rename. */
  public record Move(String from, String to) {}

  public Delivery {
    moves = List.copyOf(moves);
    obsolete = List.copyOf(obsolete);
  }

  /**
   * Carries it out, or finishes it.
   *
   * @throws FileNotFoundException when a staged file is neither at its staged nor at its final
   *     path, so that it can never be finished
   * @throws IOException when the storage fails
   */
  public void carryOut(Storage storage) throws IOException {
    for (Move move : moves) {
      if (storage.exists(move.from())) {
        storage.move(move.from(), move.to());
      } else if (!storage.exists(move.to())) {
        throw new FileNotFoundException(
            "sink `"
                + sink
                + "`: staged file "
                + move.from()
                + " of run "
                + runId
                + " is gone; run the config again");
      }
    }
    String unfinished = manifestPath + "." + runId;
    try (OutputStream out = storage.create(unfinished)) {
      out.write(manifest.getBytes(StandardCharsets.UTF_8));
    }
    storage.move(unfinished, manifestPath);
    for (String path : obsolete) {
      storage.delete(path);
    }
    storage.deleteTree(stagingFolder);
  }
}
