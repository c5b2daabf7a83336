package io.tributary.config;

import io.tributary.spec.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A text with its references replaced.
 *
 * @param text where a variable has no value, its reference still stands in it
 * @param isKnown whether all variables have values
 * @param secret what the text refers to when it is nothing but one {@code ${secret:…}} or {@code
 *     ${env:…}} whose value does not come from the file
 * @param holdsSecret whether a {@code ${secret:…}} occurs in it
 */
record Resolved(MappedText text, boolean isKnown, @Nullable Secret secret, boolean holdsSecret) {}
