/**
 * File formats that hold rows: Parquet for staged files, CSV and NDJSON for people, and JSON texts
 * of single rows.
 */
@NullMarked
package io.tributary.row.format;

import org.jspecify.annotations.NullMarked;
