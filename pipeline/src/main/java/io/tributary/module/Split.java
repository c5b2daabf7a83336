package io.tributary.module;

import java.io.Serializable;

/**
 * A part of a source that one reader reads: a key range, a file, a date slice. A small record of a
 * few values that names data; it never holds rows, a client or a secret. Its {@code toString} is
 * fit for a log line. All splits of a source cover every row exactly once.
 */
public interface Split extends Serializable {}
