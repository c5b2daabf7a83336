package io.tributary.config;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.tributary.config.Node.Mapping;
import io.tributary.config.Node.Scalar;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScalarLayoutTest {

  @Test
  void anOffsetInPlainTextIsItsPlace() {
    assertThat(placeOf("x", "a: bc x d\n"), is("1:7"));
  }

  @Test
  void anOffsetAfterAFoldedLineIsInTheNextLine() {
    assertThat(placeOf("x", "a: b c\n\n   d x\n"), is("3:6"));
  }

  @Test
  void quotesAndEscapesAreCounted() {
    assertThat(placeOf("x", "a: 'it''s x'\n"), is("1:11"));
    assertThat(placeOf("x", "a: \"\\t\\u00e9\\\\ x\"\n"), is("1:16"));
    assertThat(placeOf("x", "a: \"b \\\n   c x\"\n"), is("2:6"));
  }

  @Test
  void codePointsAreCountedNotUnits() {
    assertThat(placeOf("x", "\"\uD83D\uDE00\": \"\uD83D\uDE00\uD83D\uDE00 x\"\n"), is("1:10"));
  }

  @Test
  void blockScalarsKeepTheirLines() {
    assertThat(placeOf("x", "a: |\n  b\n    c x\n"), is("3:7"));
    assertThat(placeOf("x", "a: >-\n  b\n  c\n\n  d x\n"), is("5:5"));
    assertThat(placeOf("x", "a: |2-\n    b\n   c x\n"), is("3:6"));
  }

  /** Every character of a value that stands in the file as it is must be found there. */
  @Test
  void randomScalarsAreMappedCharacterByCharacter() {
    int checked = 0;
    for (long seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      String text = document(random);
      Diagnostics diagnostics = new Diagnostics();
      SourceText source = new SourceText("f", text);
      Node root = DocumentParser.parse(source, false, Limits.DEFAULT, new Reporter(diagnostics));
      if (!(root instanceof Mapping mapping) || !(mapping.get("a") instanceof Scalar scalar)) {
        continue;
      }
      checked++;
      MappedText mapped = ScalarLayout.of(scalar);
      assertThat("seed " + seed, mapped.text(), is(scalar.text()));
      for (int i = 0; i < scalar.text().length(); i++) {
        char c = scalar.text().charAt(i);
        if (Character.isLetter(c) && c < 128) {
          String there = source.slice(mapped.starts()[i], mapped.ends()[i]);
          assertThat("seed " + seed + " offset " + i + " of:\n" + text, there, is("" + c));
        }
      }
    }
    assertThat(checked, greaterThan(15_000));
  }

  private static String document(Random random) {
    String words = "bcdefghijklm";
    StringBuilder content = new StringBuilder();
    int style = random.nextInt(5);
    String[] quotes = {"", "'", "\"", "|", ">"};
    String[] gaps =
        style < 3
            ? new String[] {" ", "  ", "\n  ", "\n\n  ", " \n   ", "\r\n  ", "\n \n\n    "}
            : new String[] {" ", "  ", "\n  ", "\n\n  ", "\n    ", "\r\n  ", "\n   \n  ", " \n  "};
    String[] extras =
        switch (style) {
          case 1 -> new String[] {"''", "\uD83D\uDE00", "#"};
          case 2 -> new String[] {"\\n", "\\\"", "\\u00e9", "\\\n  ", "\\xe9", "\uD83D\uDE00"};
          default -> new String[] {"\u00e9", "\uD83D\uDE00", "$"};
        };
    int parts = 1 + random.nextInt(8);
    for (int i = 0; i < parts; i++) {
      content.append(words.charAt(random.nextInt(words.length())));
      if (random.nextInt(3) == 0) {
        content.append(extras[random.nextInt(extras.length)]);
      }
      if (i + 1 < parts) {
        content.append(gaps[random.nextInt(gaps.length)]);
      }
    }
    String[] chomping = {"", "-", "+", "2", "2-"};
    String head =
        style < 3
            ? quotes[style]
            : quotes[style]
                + chomping[random.nextInt(chomping.length)]
                + (random.nextBoolean() ? " # c" : "")
                + (random.nextInt(3) == 0 ? "\n\n  " : "\n  ");
    String tail = style < 3 ? quotes[style] : random.nextBoolean() ? "\n\n" : "";
    String anchor = random.nextInt(4) == 0 ? "&n " : random.nextInt(6) == 0 ? "!!str " : "";
    return "a: " + anchor + head + content + tail + "\n" + (random.nextBoolean() ? "z: 1\n" : "");
  }

  private static String placeOf(String wanted, String text) {
    SourceText source = new SourceText("f", text);
    Node root =
        DocumentParser.parse(source, false, Limits.DEFAULT, new Reporter(new Diagnostics()));
    Scalar scalar = (Scalar) ((Mapping) root).entries().values().iterator().next().value();
    MappedText mapped = ScalarLayout.of(scalar);
    Span span = mapped.extent(mapped.text().indexOf(wanted), 1).span();
    return span.line() + ":" + span.column();
  }
}
