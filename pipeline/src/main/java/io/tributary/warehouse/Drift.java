package io.tributary.warehouse;

/** A change of a column that a run published. */
public record Drift(String sink, TableName table, ColumnChange change) {}
