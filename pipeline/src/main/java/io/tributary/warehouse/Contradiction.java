package io.tributary.warehouse;

/**
 * A difference between the rows of a sink and its table that is not to be bridged.
 *
 * @param column its name in the rows, or in the table when the rows lack it
 * @param message what is wrong, without a full stop
 * @param fix what to do about it
 */
public record Contradiction(String column, String message, String fix) {}
