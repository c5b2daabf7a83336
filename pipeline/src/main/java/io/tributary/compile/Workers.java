package io.tributary.compile;

/** The threads of a runner in this process, some of which may be kept from running. Thread-safe. */
public interface Workers {

  /** Lets no worker begin anything but the one that calls. */
  void rest();

  /** Ends the rest. */
  void resume();
}
