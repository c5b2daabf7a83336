/**
 * GoogleSQL: analysing with Google's analyzer at plan time, and compiling expressions to closures
 * that need nothing but a row. The analyzer is imported here only.
 */
@NullMarked
package io.tributary.sql;

import org.jspecify.annotations.NullMarked;
