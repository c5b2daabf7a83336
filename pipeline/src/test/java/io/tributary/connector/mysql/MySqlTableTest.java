package io.tributary.connector.mysql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MySqlTableTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          orders,                 `orders`
          shop.orders,            `shop`.`orders`
          `shop`.`my orders`,     `shop`.`my orders`
          "a.b",                  `a.b`
          `a``b`,                 `a``b`
          Bestellungen-2024,      `Bestellungen-2024`
          """)
  void quotesEveryPart(String text, String sql) {
    assertThat(MySqlTable.parse(text).sql(), is(sql));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a.", ".a", "a.b.c", "a b", "`a", "`a`b", "a; DROP TABLE b"})
  void refusesWhatIsNoName(String text) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> MySqlTable.parse(text));

    assertThat(e.getMessage(), containsString("`" + text + "` is not a table name"));
  }
}
