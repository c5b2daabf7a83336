/** From names to edges: nodes, what feeds what, cycles, and what is not used. */
@NullMarked
package io.tributary.graph;

import org.jspecify.annotations.NullMarked;
