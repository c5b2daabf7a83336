/**
 * Runs the tests that stand in configs: rows stand in for sources, the nodes that an expectation
 * needs are planned and evaluated in this process, and what comes out is compared. Opens no source
 * and no warehouse of the user's.
 */
@NullMarked
package io.tributary.configtest;

import org.jspecify.annotations.NullMarked;
