package io.tributary.configtest;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The new content of a file, in a hidden file beside it until it takes its place.
 *
 * @param path with the same ending, and in the same folder, so that it can be read as the file
 *     itself
 */
record EditedFile(Path path) {

  static EditedFile beside(Path file, byte[] bytes) throws IOException {
    String name = file.getFileName().toString();
    Path path = Files.createTempFile(file.getParent(), ".", "-" + name);
    EditedFile edited = new EditedFile(path);
    try {
      Files.write(path, bytes);
      if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(path, Files.getPosixFilePermissions(file));
      }
    } catch (IOException e) {
      edited.delete();
      throw e;
    }
    return edited;
  }

  /** Puts it in the place of the file, all at once. */
  void replace(Path file) throws IOException {
    Files.move(path, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes what did not take the file's place. */
  void delete() throws IOException {
    Files.deleteIfExists(path);
  }
}
