package io.tributary.module;

import io.tributary.spec.Spec;
import java.util.function.Function;

/**
 * A module as it is registered: what can be set on it, and how it is made from its parameters.
 *
 * @param <P> its parameters
 * @param <M> a {@link Source}, {@link Transform} or {@link Sink}
 */
public record ModuleType<P, M>(Spec<P> spec, Function<P, M> factory) {}
