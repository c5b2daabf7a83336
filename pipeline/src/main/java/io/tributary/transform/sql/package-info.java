/** Makes rows of the rows of several nodes, by a query that the warehouse runs. */
@NullMarked
package io.tributary.transform.sql;

import org.jspecify.annotations.NullMarked;
