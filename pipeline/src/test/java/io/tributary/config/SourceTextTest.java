package io.tributary.config;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class SourceTextTest {

  @Test
  void whatLooksLikeASecretIsNotShown() {
    assertThat(shown("password: hunter2, x: y"), is("password: *******, x: y"));
    assertThat(shown("\"api_key\": \"a\\\"b\", x"), is("\"api_key\": ******, x"));
    assertThat(shown("TOKEN='it is' # c"), is("TOKEN=******* # c"));
    assertThat(shown("db_password: \"unclosed"), is("db_password: *********"));
    assertThat(shown("password: ${secret:db}"), is("password: ${secret:db}"));
    assertThat(shown("password: \"${env:X}\""), is("password: \"${env:X}\""));
    assertThat(shown("secrets: none"), is("secrets: none"));
  }

  @Test
  void aMaskedPartIsNotShownInAnyOfItsLines() {
    SourceText source = new SourceText("f", "a: |\n  one\n  two\nb: c");
    source.mask(7, 16);

    assertThat(shown(source, 2), is("  ***"));
    assertThat(shown(source, 3), is("*****"));
    assertThat(shown(source, 4), is("b: c"));
  }

  @Test
  void aPartOfALongLineHidesASecretThatBeganBeforeIt() {
    SourceText source = new SourceText("f", "password: \"" + "x".repeat(100) + "\"");

    int[] part = source.shown(1, 50, 60);

    assertThat(new String(part, 0, part.length), is("**********"));
  }

  @Test
  void manyEscapesAreNoTrouble() {
    assertThat(shown("token: \"" + "\\\"".repeat(200)), is("token: " + "*".repeat(401)));
  }

  @Test
  void everyKindOfLineBreakEndsALine() {
    SourceText source = new SourceText("f", "a\nb\r\nc\rd");

    assertThat(source.span(7, 8).toString(), is("f:4:1"));
    assertThat(source.span(4, 5).toString(), is("f:2:3"));
    assertThat(source.span(5, 99).toString(), is("f:3:1"));
    assertThat(source.lineLength(2), is(1));
  }

  private static String shown(String line) {
    return shown(new SourceText("f", line), 1);
  }

  private static String shown(SourceText source, int line) {
    int[] shown = source.shown(line, 0, source.lineLength(line));
    return new String(shown, 0, shown.length);
  }
}
