/**
 * The module {@code bigquery}: a source that reads a table or query of the warehouse, and the table
 * sink. Both are warehouse-neutral: they know {@link io.tributary.warehouse} only, so the same
 * config works on the embedded warehouse and on BigQuery.
 *
 * <p>Source: BigQuery docs, "Creating and using tables", "Partitioned tables", "Clustered tables",
 * "Schemas" (column names), "Labels".
 */
@NullMarked
package io.tributary.connector.bigquery;

import org.jspecify.annotations.NullMarked;
