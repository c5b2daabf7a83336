/**
 * Reads tables and queries of MariaDB and MySQL databases: in parallel by ranges of a key, from one
 * consistent snapshot where the server allows it, with every type of the database kept exactly.
 *
 * <p>Rows are decoded where the driver put them, from the binary protocol's row packets; see
 * "Binary Protocol Resultset Row" in MySQL's documentation of the client/server protocol, and
 * "Result Set Packets" in MariaDB's.
 */
@NullMarked
package io.tributary.connector.mysql;

import org.jspecify.annotations.NullMarked;
