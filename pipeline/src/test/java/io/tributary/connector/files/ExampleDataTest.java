package io.tributary.connector.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.tributary.connector.ProblemList;
import io.tributary.connector.SourceProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The data that ships with the examples is read with sensible types and without rejected rows. */
class ExampleDataTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "flights-*.csv | 2546 | (year INT64, month INT64, day INT64, dep_time INT64, sched_dep_time"
            + " INT64, dep_delay INT64, arr_time INT64, sched_arr_time INT64, arr_delay INT64,"
            + " carrier STRING, flight INT64, tailnum STRING, origin STRING, dest STRING, air_time"
            + " INT64, distance INT64, hour INT64, minute INT64, time_hour TIMESTAMP)",
        "weather-*.csv | 216 | (origin STRING, year INT64, month INT64, day INT64, hour INT64, temp"
            + " FLOAT64, dewp FLOAT64, humid FLOAT64, wind_dir INT64, wind_speed FLOAT64, wind_gust"
            + " FLOAT64, precip FLOAT64, pressure FLOAT64, visib FLOAT64, time_hour TIMESTAMP)",
        "planes.csv    | 1011 | (tailnum STRING, year INT64, type STRING, manufacturer STRING,"
            + " model STRING, engines INT64, seats INT64, speed INT64, engine STRING)",
        "airlines.csv  | 16 | (carrier STRING, name STRING)"
      })
  void isReadCompletely(String path, int rows, String schema) throws IOException {
    FilesSource source =
        new FilesSource(
            SourceProbe.parameters(
                FilesSource.SPEC,
                Map.of("path", path, "null_values", List.of("", "NA")),
                new ProblemList()));
    SourceProbe<FileSplit> probe =
        new SourceProbe<>(source, Path.of("..", "examples", "data").toAbsolutePath().normalize());

    assertThat(String.valueOf(probe.schema()), is(schema));
    assertThat(probe.rows().size(), is(rows));
    assertThat(probe.rejected(), is(empty()));
  }
}
