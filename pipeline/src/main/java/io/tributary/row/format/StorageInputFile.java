package io.tributary.row.format;

import io.tributary.storage.Storage;
import io.tributary.storage.Storages;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.jspecify.annotations.Nullable;

/** A file of a storage, as Parquet reads it. Its streams are not thread-safe. */
final class StorageInputFile implements InputFile {
  private final Storage storage;
  private final String path;
  private final long length;

  StorageInputFile(String path) throws IOException {
    this.storage = Storages.of(path);
    this.path = path;
    this.length = storage.size(path);
  }

  @Override
  public long getLength() {
    return length;
  }

  @Override
  public SeekableInputStream newStream() {
    return new Stream();
  }

  /** The name that messages of the Parquet library give the file. */
  @Override
  public String toString() {
    return path;
  }

  /** Opens the file anew at each place it is sent to: buckets have no other way. */
  private final class Stream extends SeekableInputStream {
    private @Nullable InputStream in;
    private long position;

    private InputStream in() throws IOException {
      if (in == null) {
        in = storage.open(path, position);
      }
      return in;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void seek(long newPosition) throws IOException {
      if (newPosition != position) {
        close();
        position = newPosition;
      }
    }

    @Override
    public int read() throws IOException {
      int value = in().read();
      position += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
      int read = in().read(bytes, offset, count);
      position += Math.max(0, read);
      return read;
    }

    @Override
    public void readFully(byte[] bytes) throws IOException {
      readFully(bytes, 0, bytes.length);
    }

    @Override
    public void readFully(byte[] bytes, int offset, int count) throws IOException {
      int read = in().readNBytes(bytes, offset, count);
      position += read;
      if (read < count) {
        throw new EOFException(path + " ends at byte " + position + ", where more was expected");
      }
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
      byte[] bytes = new byte[buffer.remaining()];
      int read = read(bytes, 0, bytes.length);
      if (read > 0) {
        buffer.put(bytes, 0, read);
      }
      return read;
    }

    @Override
    public void readFully(ByteBuffer buffer) throws IOException {
      if (buffer.hasArray()) {
        readFully(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
        buffer.position(buffer.limit());
      } else {
        byte[] bytes = new byte[buffer.remaining()];
        readFully(bytes);
        buffer.put(bytes);
      }
    }

    @Override
    public void close() throws IOException {
      if (in != null) {
        InputStream closing = in;
        in = null;
        closing.close();
      }
    }
  }
}
