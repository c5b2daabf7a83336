package io.tributary.config;

import io.tributary.config.ConfigLoader.Loaded;
import java.util.Collection;

/**
 * Writes diagnostics as workflow commands of GitHub Actions, which shows them beside the changed
 * lines. Source: GitHub docs, "Workflow commands for GitHub Actions".
 */
public final class DiagnosticGithub {
  private DiagnosticGithub() {}

  /** One line for each diagnostic. */
  public static String of(Collection<Loaded> files) {
    StringBuilder text = new StringBuilder();
    for (Loaded file : files) {
      for (Diagnostic diagnostic : file.diagnostics().all()) {
        Span span = diagnostic.span();
        String fix = diagnostic.fix() == null ? "" : "; " + diagnostic.fix();
        text.append(
            "::%s file=%s,line=%d,endLine=%d,col=%d,endColumn=%d,title=%s::%s%n"
                .formatted(
                    diagnostic.severity(),
                    property(span.file()),
                    span.line(),
                    span.endLine(),
                    span.column(),
                    span.endColumn(),
                    diagnostic.code(),
                    message(diagnostic.message() + fix)));
      }
    }
    return text.toString();
  }

  private static String message(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return message(text).replace(":", "%3A").replace(",", "%2C");
  }
}
