/**
 * Files behind one small interface, staged files, and the delivery of files by manifest and
 * renames.
 */
@NullMarked
package io.tributary.storage;

import org.jspecify.annotations.NullMarked;
