package io.tributary.connector.mysql;

import io.tributary.row.Type;

/** A column's type in the row and how to read it: one object, so the two cannot disagree. */
record ColumnMapping(Type type, ColumnReader reader) {}
