package io.tributary.sql;

import io.tributary.spec.Code;
import org.jspecify.annotations.Nullable;

/**
 * An expression that is right as GoogleSQL, but that the closures cannot compute, or never could.
 */
final class BindException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Code code;
  private final Node.Span span;
  private final @Nullable String fix;
  private final @Nullable String unsupported;

  BindException(Code code, Node.Span span, String message, @Nullable String fix) {
    this(code, span, message, fix, null);
  }

  private BindException(
      Code code,
      Node.Span span,
      String message,
      @Nullable String fix,
      @Nullable String unsupported) {
    super(message);
    this.code = code;
    this.span = span;
    this.fix = fix;
    this.unsupported = unsupported;
  }

  /**
   * @param what what is not supported, such as {@code function FORMAT}
   */
  static BindException unsupported(Node.Span span, String what) {
    return new BindException(
        Code.TR204,
        span,
        what + " is not supported in filter and select",
        "use a `sql` transform for it: the warehouse runs it",
        what);
  }

  Code code() {
    return code;
  }

  Node.Span span() {
    return span;
  }

  @Nullable String fix() {
    return fix;
  }

  /** What is not supported, such as {@code function FORMAT}; null for any other error. */
  @Nullable String unsupported() {
    return unsupported;
  }
}
