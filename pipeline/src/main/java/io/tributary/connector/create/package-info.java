/** Rows that stand in the config itself: for small tables, examples and tests. */
@NullMarked
package io.tributary.connector.create;

import org.jspecify.annotations.NullMarked;
