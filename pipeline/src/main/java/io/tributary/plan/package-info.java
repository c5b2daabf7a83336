/** Schemas through the graph, splits and bounds fixed, and what each sink will do to its table. */
@NullMarked
package io.tributary.plan;

import org.jspecify.annotations.NullMarked;
