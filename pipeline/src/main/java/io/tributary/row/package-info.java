/**
 * Types, schemas and rows with BigQuery's type names, and the file formats that hold rows. Knows
 * nothing of Beam, configs or warehouses.
 */
@NullMarked
package io.tributary.row;

import org.jspecify.annotations.NullMarked;
