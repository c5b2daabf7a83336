package io.tributary.connector.mysql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import io.tributary.connector.mysql.QueryPieces.Piece;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryPiecesTest {

  @Test
  void cutsAtMarksOnTheirOwnLineAndInline() {
    String text = "SELECT 1\n--sep--\nSELECT 2 --sep-- SELECT 3";

    assertThat(
        QueryPieces.of(text),
        contains(new Piece("SELECT 1", 0), new Piece("SELECT 2", 17), new Piece("SELECT 3", 34)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT '--sep--'",
        "SELECT 'it''s --sep--'",
        "SELECT 'a\\'b --sep--'",
        "SELECT \"--sep--\"",
        "SELECT `--sep--` FROM t",
        "SELECT 1 /* --sep-- */ + 1",
        "SELECT 1 -- --sep--\n+ 1",
        "SELECT 1 # --sep--\n+ 1"
      })
  void leavesMarksInLiteralsAndCommentsAlone(String text) {
    assertThat(sql(text), is(List.of(text)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT 1;                   | SELECT 1
          SELECT 1 ; ;                | SELECT 1
          SELECT 1; -- the end        | SELECT 1
          SELECT ';'                  | SELECT ';'
          SELECT 1; SELECT 2          | SELECT 1; SELECT 2
          SELECT 5--1                 | SELECT 5--1
          """)
  void takesOffTheClosingSemicolonOnly(String text, String expected) {
    assertThat(sql(text), is(List.of(expected)));
  }

  @Test
  void returnsAPieceWithoutSqlAsAnEmptyOne() {
    assertThat(sql("-- nothing\n--sep--\nSELECT 1;\n--sep--\n"), is(List.of("", "SELECT 1", "")));
  }

  @Test
  void endsAnUnclosedLiteralWithTheText() {
    assertThat(sql("SELECT 'a --sep--"), is(List.of("SELECT 'a --sep--")));
  }

  private static List<String> sql(String text) {
    return QueryPieces.of(text).stream().map(Piece::sql).toList();
  }
}
