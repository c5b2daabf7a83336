package io.tributary.compile;

import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;

/** Gives out what was known when the pipeline was made, once for each element. */
final class EmitFn<T> extends DoFn<byte[], T> {
  private static final long serialVersionUID = 1L;

  private final List<T> elements;

  EmitFn(List<T> elements) {
    this.elements = List.copyOf(elements);
  }

  @ProcessElement
  public void emit(OutputReceiver<T> out) {
    elements.forEach(out::output);
  }
}
