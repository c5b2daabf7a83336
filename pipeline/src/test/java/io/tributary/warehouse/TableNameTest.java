package io.tributary.warehouse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableNameTest {

  @ParameterizedTest
  @CsvSource({
    "my-project:mart.revenue, my-project:mart.revenue",
    "my-project.mart.revenue, my-project:mart.revenue",
    "example.com:shop.mart.revenue, example.com:shop:mart.revenue",
    "mart.revenue, mart.revenue",
    "`my-project.mart.revenue-2024`, my-project:mart.revenue-2024",
    "mart.größe_東京, mart.größe_東京"
  })
  void namesAreReadInEveryFormOfBigQuery(String text, String expected) {
    assertThat(TableName.parse(text).toString(), is(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "revenue, lacks a dataset",
    "my-project:mart-1.revenue, dataset `mart-1` may have letters",
    "mart.my table, table `my table` may have letters",
    "mart.rev$2024, table `rev$2024` may have letters",
    "p:mart.revenue, `p` is not a project id"
  })
  void wrongNamesAreExplained(String text, String reason) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> TableName.parse(text));

    assertThat(refusal.getMessage(), containsString(reason));
  }
}
