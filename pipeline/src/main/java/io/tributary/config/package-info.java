/**
 * Documents with positions, references, the binder that turns a document into typed parameters by
 * the specs it is given, and diagnostics. Does not look for modules and connects to nothing.
 */
@NullMarked
package io.tributary.config;

import org.jspecify.annotations.NullMarked;
