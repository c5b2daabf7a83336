package io.tributary.connector.files;

import io.tributary.module.Split;

/** One file. */
record FileSplit(String path, FileFormat format) implements Split {}
