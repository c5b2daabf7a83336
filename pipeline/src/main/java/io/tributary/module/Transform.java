package io.tributary.module;

/** A step between sources and sinks. */
public sealed interface Transform permits RowTransform, QueryTransform {}
