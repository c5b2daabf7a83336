/**
 * What a connector author implements, in plain Java: sources, row transforms and sinks; and the
 * registry that finds them.
 */
@NullMarked
package io.tributary.module;

import org.jspecify.annotations.NullMarked;
