package io.tributary.plan;

import org.jspecify.annotations.Nullable;

/**
 * A part of an incremental source that a person asked for, as typed: from a value on, and before
 * another. A run of it moves no cursor.
 *
 * @param from null for everything before {@code to}
 * @param to null for everything that can be read
 */
public record Slice(@Nullable String from, @Nullable String to) {}
