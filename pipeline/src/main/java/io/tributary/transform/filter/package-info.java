/** Leaves out rows by a SQL condition. */
@NullMarked
package io.tributary.transform.filter;

import org.jspecify.annotations.NullMarked;
