/** The two kinds of failure a run can have. They decide what is tried again and the exit code. */
@NullMarked
package io.tributary.failure;

import org.jspecify.annotations.NullMarked;
