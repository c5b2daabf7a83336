/**
 * Reads files of text (CSV as in RFC 4180, newline-delimited JSON), plain or compressed, and
 * delivers files. A source file is read twice: once when the run is planned, to find the schema,
 * and once for its rows; never as a whole in memory.
 */
@NullMarked
package io.tributary.connector.files;

import org.jspecify.annotations.NullMarked;
