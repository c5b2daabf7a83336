/**
 * What a run needs of a warehouse: describe tables, run queries, publish staged files in one
 * transaction, and keep the ledger. The same contract for the embedded warehouse and BigQuery.
 */
@NullMarked
package io.tributary.warehouse;

import org.jspecify.annotations.NullMarked;
