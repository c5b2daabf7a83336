package io.tributary.row.format;

/** How many bytes a column's integers have. */
enum NumberWidth {
  INT32 {
    @Override
    void put(long value, ByteBuilder out) {
      out.putInt(Math.toIntExact(value));
    }
  },
  INT64 {
    @Override
    void put(long value, ByteBuilder out) {
      out.putLong(value);
    }
  };

  /** Appends a value in PLAIN form. */
  abstract void put(long value, ByteBuilder out);
}
