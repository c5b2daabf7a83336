/**
 * From a plan to a Beam pipeline: fused stages, completion records and the barrier. Beam is
 * imported here and nowhere else.
 */
@NullMarked
package io.tributary.compile;

import org.jspecify.annotations.NullMarked;
