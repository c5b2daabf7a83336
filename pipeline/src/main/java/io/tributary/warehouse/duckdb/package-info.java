/**
 * The embedded warehouse: one DuckDB file. Datasets are schemas, tables are tables, and the ledger
 * is the schema {@code tributary}. A publish is one DuckDB transaction over all tables, the ledger
 * and the rejected rows, so it is done whole or not at all, also when the process is killed.
 *
 * <p>One process has the file open at a time; DuckDB's own file lock sees to that. Staged files and
 * the locks of configs lie in {@code .tributary} beside the file.
 *
 * <p>Source: DuckDB 2.0 docs, "Concurrency", "Securing DuckDB", "MERGE INTO", "Parquet".
 */
@NullMarked
package io.tributary.warehouse.duckdb;

import org.jspecify.annotations.NullMarked;
