/**
 * Measures a run beside a plain loop over the same table: rows per second and peak memory, each in
 * a process of its own.
 */
@NullMarked
package io.tributary.bench;

import org.jspecify.annotations.NullMarked;
