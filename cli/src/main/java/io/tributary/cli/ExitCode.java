package io.tributary.cli;

import io.tributary.failure.RunException;
import io.tributary.failure.TransientException;
import java.util.Arrays;

/** What the exit codes of the command mean; scripts rely on the numbers. */
enum ExitCode {
  DONE(0, "done"),
  TRY_AGAIN(1, "failed, trying again may help"),
  WRONG_INPUT(2, "the config or the command line is wrong, or a file is missing; nothing ran"),
  FAILED(3, "failed, trying again will not help"),
  REJECTED_ROWS(4, "done, but rows were rejected within the allowed limit"),
  INTERRUPTED(130, "interrupted; nothing was published"),
  TERMINATED(143, "terminated; nothing was published");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  int number() {
    return number;
  }

  String meaning() {
    return meaning;
  }

  static ExitCode of(int number) {
    return Arrays.stream(values())
        .filter(code -> code.number == number)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no exit code " + number));
  }

  static ExitCode of(RunException failure) {
    return failure instanceof TransientException ? TRY_AGAIN : FAILED;
  }
}
