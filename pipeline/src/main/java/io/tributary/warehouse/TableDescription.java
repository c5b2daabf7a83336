package io.tributary.warehouse;

import io.tributary.row.Schema;

/** A table that exists. */
public record TableDescription(TableName name, Schema schema, long rows) {}
