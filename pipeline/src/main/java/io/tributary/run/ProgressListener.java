package io.tributary.run;

import io.tributary.compile.RunProgress;

/** Is told how a run goes on, about four times a second. Called by one thread at a time. */
public interface ProgressListener {
  /** Hears nothing. */
  ProgressListener NONE =
      new ProgressListener() {
        @Override
        public void planned() {}

        @Override
        public void progress(RunProgress.Snapshot snapshot) {}

        @Override
        public void finished(RunProgress.Snapshot snapshot) {}

        @Override
        public void note(String text) {}
      };

  /** The first call: the plan has no errors; its warnings are among the config's diagnostics. */
  void planned();

  void progress(RunProgress.Snapshot snapshot);

  /** The last call of a run that did not fail. */
  void finished(RunProgress.Snapshot snapshot);

  /** Something a user should know now. */
  void note(String text);
}
