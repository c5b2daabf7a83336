package io.tributary.storage;

import java.io.Serializable;

/**
 * A complete file that a split's attempt wrote, not yet visible to anyone.
 *
 * @param rows as counted by its writer
 */
public record StagedFile(String path, long rows, long bytes) implements Serializable {}
