/**
 * The {@code tributary} command: one class per command, and what turns plans, rows and reports into
 * text and JSON. What a command was asked for goes to standard output; progress, notes and errors
 * go to standard error.
 */
@NullMarked
package io.tributary.cli;

import org.jspecify.annotations.NullMarked;
