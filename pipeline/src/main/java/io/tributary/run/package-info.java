/**
 * Running a compiled pipeline on this machine: locks, phases, progress, publish, deliveries and the
 * report.
 */
@NullMarked
package io.tributary.run;

import org.jspecify.annotations.NullMarked;
