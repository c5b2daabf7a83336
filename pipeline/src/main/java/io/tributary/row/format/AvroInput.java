package io.tributary.row.format;

import java.io.IOException;
import org.apache.avro.file.SeekableInput;
import org.apache.parquet.io.SeekableInputStream;

/** A file of a storage, as Avro reads it. Not thread-safe. */
record AvroInput(SeekableInputStream in, long length) implements SeekableInput {
  static AvroInput open(String path) throws IOException {
    StorageInputFile file = new StorageInputFile(path);
    return new AvroInput(file.newStream(), file.getLength());
  }

  @Override
  public void seek(long position) throws IOException {
    in.seek(position);
  }

  @Override
  public long tell() throws IOException {
    return in.getPos();
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    return in.read(bytes, offset, count);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
