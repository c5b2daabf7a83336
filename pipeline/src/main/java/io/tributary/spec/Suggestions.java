package io.tributary.spec;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds what was probably meant. */
public final class Suggestions {
  private static final int LONGEST = 100;

  private Suggestions() {}

  /**
   * The candidate nearest to a word, if one is near enough to be meant: about a third of its
   * letters may differ, and one pair of neighbours may be exchanged.
   */
  public static Optional<String> nearest(String word, Collection<String> candidates) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    String wanted = normal(word);
    return candidates.stream()
        .filter(
            candidate ->
                distance(wanted, normal(candidate))
                    <= allowed(Math.max(wanted.length(), candidate.length())))
        .min(
            Comparator.<String>comparingInt(candidate -> distance(wanted, normal(candidate)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Short words are all near to each other: none is meant for another. */
  private static int allowed(int length) {
    return length < 3 ? 0 : Math.max(1, length / 3);
  }

  private static int distance(String word, String candidate) {
    return isSwapped(word, candidate)
        ? 1
        : LevenshteinDistance.getDefaultInstance().apply(word, candidate);
  }

  /** Whether two words differ in nothing but the order of two neighbours. */
  private static boolean isSwapped(String word, String candidate) {
    if (word.length() != candidate.length()) {
      return false;
    }
    int i = 0;
    while (i < word.length() && word.charAt(i) == candidate.charAt(i)) {
      i++;
    }
    return i + 1 < word.length()
        && word.charAt(i) == candidate.charAt(i + 1)
        && word.charAt(i + 1) == candidate.charAt(i)
        && word.substring(i + 2).equals(candidate.substring(i + 2));
  }

  private static String normal(String word) {
    return word.toLowerCase(Locale.ROOT).replace('-', '_');
  }
}
