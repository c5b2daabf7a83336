package io.tributary.connector.files;

/** A file that a pattern named. */
record SourceFile(String path, FileFormat format) {}
