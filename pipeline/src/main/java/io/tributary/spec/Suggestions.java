package io.tributary.spec;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds what was probably meant. */
public final class Suggestions {
  private Suggestions() {}

  /**
   * The candidate nearest to a word, if one is near enough to be meant: at most a third of its
   * letters differ.
   */
  public static Optional<String> nearest(String word, Collection<String> candidates) {
    String wanted = normal(word);
    LevenshteinDistance distance = new LevenshteinDistance();
    return candidates.stream()
        .filter(
            candidate ->
                distance.apply(wanted, normal(candidate))
                    <= Math.max(1, Math.max(wanted.length(), candidate.length()) / 3))
        .min(
            Comparator.<String>comparingInt(candidate -> distance.apply(wanted, normal(candidate)))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static String normal(String word) {
    return word.toLowerCase(Locale.ROOT).replace('-', '_');
  }
}
