/** Chooses, renames and computes columns by SQL expressions. */
@NullMarked
package io.tributary.transform.select;

import org.jspecify.annotations.NullMarked;
