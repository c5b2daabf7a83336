package io.tributary.config;

import io.tributary.spec.Catalog;
import io.tributary.spec.Code;
import io.tributary.spec.DeclaresWrite;
import io.tributary.spec.Field;
import io.tributary.spec.HasExpressions;
import io.tributary.spec.HasQueries;
import io.tributary.spec.NamesTables;
import io.tributary.spec.Secret;
import io.tributary.spec.Spec;
import io.tributary.spec.SqlText;
import io.tributary.spec.WriteMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Modules that do nothing but have parameters: of every shape, and named as real ones. */
public final class TestCatalog implements Catalog {
  static final Field<String> HOST = Field.text("host").about("Server.").example("db.example.com");
  static final Field<Integer> PORT = Field.integer("port", 1, 65535).byDefault(3306);
  static final Field<String> DATABASE = Field.text("database");
  static final Field<String> USER = Field.text("user");
  static final Field<Secret> PASSWORD = Field.secret("password").about("Password of `user`.");
  static final Field<String> PROFILE = Field.text("profile").optional();
  static final Field<String> TABLE_READ = Field.text("table").optional();
  static final Field<SqlText> QUERY = Field.sql("query").optional();
  static final Field<List<String>> COLUMNS = Field.texts("columns").optional();

  public record Database(
      String host,
      int port,
      String database,
      String user,
      Secret password,
      @Nullable String table,
      @Nullable SqlText query,
      @Nullable List<String> columns) {}

  static final Spec<Database> MYSQL = database("mysql");
  static final Spec<Database> POSTGRES = database("postgres");

  private static Spec<Database> database(String name) {
    return Spec.source(name)
        .summary("Reads a table or a query of a database.")
        .fields(PROFILE, HOST, PORT, DATABASE, USER, PASSWORD, TABLE_READ, QUERY, COLUMNS)
        .incremental()
        .example("A table", "{\"name\": \"orders\", \"module\": \"mysql\"}")
        .into(
            (in, problems) -> {
              if (in.has(TABLE_READ) == in.has(QUERY)) {
                problems.error(
                    Code.TR108, "give either `table` or `query`", "remove one, or add one");
              }
              return new Database(
                  in.get(HOST),
                  in.get(PORT),
                  in.get(DATABASE),
                  in.get(USER),
                  in.get(PASSWORD),
                  in.find(TABLE_READ),
                  in.find(QUERY),
                  in.find(COLUMNS));
            });
  }

  static final Field<List<String>> PATH = Field.texts("path");
  static final Field<Boolean> HEADER = Field.bool("header").byDefault(true);
  static final Field<Duration> TIMEOUT = Field.duration("timeout").optional();
  static final Field<Long> MAX_SIZE = Field.dataSize("max_size").optional();
  static final Field<Object> ROWS =
      Field.<Object>any("rows", "list of maps", (plain, problems) -> plain).optional();
  static final Field<Map<String, String>> HEADERS = Field.textMap("headers").optional();

  public record Files(
      List<String> path,
      boolean header,
      @Nullable Duration timeout,
      @Nullable Long maxSize,
      @Nullable Object rows,
      @Nullable Map<String, String> headers) {}

  static final Spec<Files> FILES =
      Spec.source("files")
          .summary("Reads files.")
          .fields(PATH, HEADER, TIMEOUT, MAX_SIZE, ROWS, HEADERS)
          .into(
              in ->
                  new Files(
                      in.get(PATH),
                      in.get(HEADER),
                      in.find(TIMEOUT),
                      in.find(MAX_SIZE),
                      in.find(ROWS),
                      in.find(HEADERS)));

  static final Field<SqlText> WHERE = Field.expression("where").example("amount > 0");

  public record Filter(SqlText where) implements HasExpressions {
    @Override
    public Map<List<Object>, SqlText> expressions() {
      return Map.of(List.of("where"), where);
    }
  }

  static final Spec<Filter> FILTER =
      Spec.transform("filter")
          .summary("Keeps rows.")
          .fields(WHERE)
          .into(in -> new Filter(in.get(WHERE)));

  static final Field<Map<String, String>> SELECTED = Field.textMap("columns");

  public record Select(Map<String, String> columns) implements HasExpressions {
    @Override
    public Map<List<Object>, SqlText> expressions() {
      Map<List<Object>, SqlText> all = new LinkedHashMap<>();
      columns.forEach((name, sql) -> all.put(List.of("columns", name), SqlText.of(sql)));
      return all;
    }
  }

  static final Spec<Select> SELECT =
      Spec.transform("select")
          .summary("Makes columns.")
          .fields(SELECTED)
          .into(in -> new Select(in.get(SELECTED)));

  static final Field<String> TABLE =
      Field.parsed("table", "table name", Code.TR122, TestCatalog::table)
          .about("Table to write, as `project:dataset.table`.")
          .example("my-project:mart.revenue");
  static final Field<WriteMode> MODE =
      Field.word("mode", WriteMode.class).byDefault(WriteMode.REPLACE).about("How to write.");
  static final Field<List<String>> MERGE_KEYS = Field.texts("merge_keys").optional();
  static final Field<Boolean> FULL_APPEND = Field.bool("allow_full_append").byDefault(false);
  static final Field<String> SCHEMA = Field.text("schema").byDefault("auto");
  static final Field<String> CREATE = Field.text("create_disposition").byDefault("CREATE_NEVER");
  static final Field<String> PARTITIONING = Field.text("partitioning").optional();
  static final Field<String> PARTITIONING_FIELD = Field.text("partitioning_field").optional();
  static final Field<String> CLUSTERING = Field.text("clustering").optional();

  public record Table(
      String table, WriteMode mode, boolean allowFullAppend, @Nullable List<String> mergeKeys)
      implements DeclaresWrite {
    @Override
    public String destination(String folder) {
      return table;
    }

    @Override
    public String destinationKey() {
      return "table";
    }
  }

  static final Spec<Table> BIGQUERY =
      Spec.sink("bigquery")
          .summary("Writes a table.")
          .details("Exactly once per run.")
          .fields(
              TABLE,
              MODE,
              MERGE_KEYS,
              FULL_APPEND,
              SCHEMA,
              CREATE,
              PARTITIONING,
              PARTITIONING_FIELD,
              CLUSTERING)
          .example(
              "Replace a table",
              "{\"name\": \"out\", \"module\": \"bigquery\", \"input\": \"in\", \"table\":"
                  + " \"p:d.t\"}")
          .into(
              (in, problems) -> {
                if (in.get(MODE) == WriteMode.MERGE && !in.has(MERGE_KEYS)) {
                  problems
                      .at(MODE)
                      .error(Code.TR108, "mode merge needs `merge_keys`", "add `merge_keys`");
                }
                return new Table(
                    in.get(TABLE), in.get(MODE), in.get(FULL_APPEND), in.find(MERGE_KEYS));
              });

  private static String table(String text) {
    if (!text.matches("([a-z0-9-]+:)?[A-Za-z0-9_]+\\.[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException("`" + text + "` is no table name");
    }
    return text;
  }

  static final Field<SqlText> SQL = Field.sql("sql");
  static final Field<List<String>> ALIASES = Field.texts(NamesTables.KEY).byDefault(List.of());

  public record Query(SqlText sql, List<String> aliases) implements NamesTables, HasQueries {
    @Override
    public Map<String, SqlText> queries() {
      return Map.of("sql", sql);
    }
  }

  static final Spec<Query> OLD =
      Spec.transform("sql")
          .alias("beamsql")
          .summary("Queries rows.")
          .severalInputs()
          .fields(SQL, ALIASES)
          .into(in -> new Query(in.get(SQL), in.get(ALIASES)));

  @Override
  public List<Spec<?>> all(Spec.Kind kind) {
    return Stream.<Spec<?>>of(MYSQL, POSTGRES, FILES, FILTER, SELECT, OLD, BIGQUERY)
        .filter(spec -> spec.kind() == kind)
        .toList();
  }
}
