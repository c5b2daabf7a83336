/**
 * What a module's parameters are: one {@link io.tributary.spec.Spec} of {@link
 * io.tributary.spec.Field}s per module, from which parsing, validation, docs, JSON Schema and
 * redaction are derived, and {@link io.tributary.spec.Problems}, to which a module tells what it
 * finds wrong.
 */
@NullMarked
package io.tributary.spec;

import org.jspecify.annotations.NullMarked;
