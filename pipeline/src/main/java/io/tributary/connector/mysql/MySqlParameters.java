package io.tributary.connector.mysql;

import io.tributary.connector.mysql.MySqlLogin.Tls;
import io.tributary.connector.mysql.QueryPieces.Piece;
import io.tributary.connector.mysql.ValueOptions.TimeOverflow;
import io.tributary.connector.mysql.ValueOptions.TinyInt1;
import io.tributary.connector.mysql.ValueOptions.ZeroDates;
import io.tributary.spec.Arguments;
import io.tributary.spec.Code;
import io.tributary.spec.Field;
import io.tributary.spec.Problems;
import io.tributary.spec.Secret;
import io.tributary.spec.Spec;
import io.tributary.spec.SqlText;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a user can set on a {@code mysql} source. Immutable, serializable.
 *
 * @param table null when queries are read
 * @param queries empty when a table is read
 * @param columns empty for all
 */
record MySqlParameters(
    MySqlLogin login,
    @Nullable MySqlTable table,
    List<Piece> queries,
    List<String> columns,
    @Nullable String where,
    @Nullable String splitColumn,
    int maxConnections,
    SnapshotMode snapshot,
    ValueOptions values,
    List<String> jsonColumns)
    implements Serializable {

  /** Whether all splits must show the same moment. */
  enum SnapshotMode {
    AUTO,
    REQUIRED,
    OFF
  }

  static final Field<String> PROFILE =
      Field.text("profile")
          .optional()
          .about(
              "Name of a connection profile, whose keys are taken where they are not given here.")
          .example("shop");
  static final Field<String> HOST =
      Field.text("host").about("Server name or address.").example("db.example.com");
  static final Field<Integer> PORT =
      Field.integer("port", 1, 65535).byDefault(3306).about("Port of the server.").example(3306);
  static final Field<String> DATABASE =
      Field.text("database").about("Database to connect to.").example("shop");
  static final Field<String> USER =
      Field.text("user").about("User who logs in; SELECT is enough.").example("reader");
  static final Field<Secret> PASSWORD =
      Field.secret("password")
          .about("Password of `user`: a reference, never text.")
          .example("${secret:shop-db}");
  static final Field<MySqlTable> TABLE =
      Field.parsed("table", "table name", Code.TR122, MySqlTable::parse)
          .optional()
          .about(
              "Table or view to read: `name` or `schema.name`, as stored; backticks around a part"
                  + " that holds a dot or a blank.")
          .example("orders");
  static final Field<SqlText> QUERY =
      Field.sql("query")
          .optional()
          .about(
              "Query to read instead of a table: SQL text or the path of a `.sql` file. Queries"
                  + " separated by `--sep--` are read in parallel and must have the same columns.")
          .example("SELECT id, total FROM orders WHERE status = 'paid'");
  static final Field<List<String>> COLUMNS =
      Field.texts("columns")
          .optional()
          .about("Columns of `table` to read, in this order; default all.")
          .example(List.of("id", "customer_id", "amount"));
  static final Field<String> WHERE =
      Field.text("where")
          .optional()
          .about("Condition on the rows of `table`, in the database's own SQL.")
          .example("deleted_at IS NULL");
  static final Field<String> SPLIT_COLUMN =
      Field.text("split_column")
          .optional()
          .about("Column whose ranges are read in parallel; default the primary key. Best indexed.")
          .example("created_at");
  static final Field<Integer> MAX_CONNECTIONS =
      Field.integer("max_connections", 1, 64)
          .byDefault(4)
          .about("Connections used at once.")
          .example(4);
  static final Field<SnapshotMode> SNAPSHOT =
      Field.word("snapshot", SnapshotMode.class)
          .byDefault(SnapshotMode.AUTO)
          .about(
              "Whether parallel reads see one moment: `auto` where the server allows it, else the"
                  + " report says so; `required` fails instead; `off` does not try.")
          .example("auto");
  static final Field<Tls> TLS =
      Field.word("tls", Tls.class)
          .byDefault(Tls.PREFERRED)
          .about(
              "`preferred`: encrypted where the server offers it, except on this machine;"
                  + " `disable`; `require`: encrypted; `verify_ca`: and the certificate is signed"
                  + " by an authority the JVM trusts; `verify_full`: and it names the host.")
          .example("verify_full");
  static final Field<TinyInt1> TINYINT1_AS =
      Field.word("tinyint1_as", TinyInt1.class)
          .byDefault(TinyInt1.INT64)
          .about("Type of TINYINT(1) columns; as `bool` every value but 0 is true.")
          .example("bool");
  static final Field<ZeroDates> ZERO_DATES =
      Field.word("zero_dates", ZeroDates.class)
          .byDefault(ZeroDates.NULL)
          .about(
              "What becomes of dates such as `0000-00-00` and `2024-02-31`: `null` (counted in the"
                  + " report), `reject` the row, or `fail` the run.")
          .example("null");
  static final Field<TimeOverflow> TIME_OVERFLOW =
      Field.word("time_overflow", TimeOverflow.class)
          .byDefault(TimeOverflow.STRING)
          .about(
              "TIME columns hold -838:59:59 to 838:59:59: as `string` they are text; with `reject`"
                  + " they are TIME, and rows outside of the day are rejected.")
          .example("string");
  static final Field<List<String>> JSON_COLUMNS =
      Field.texts("json_columns")
          .optional()
          .about("Text columns that hold JSON; MariaDB's JSON is text unless it is named here.")
          .example(List.of("attrs"));

  static final Spec<MySqlParameters> SPEC =
      Spec.source("mysql")
          .summary("Reads a table, a view or a query of a MariaDB or MySQL database.")
          .details(
              """
              Tables are read in parallel by ranges of the primary key or of `split_column`, which
              together have every row once. Where the server allows it (the RELOAD privilege, or
              LOCK TABLES), all connections share one consistent snapshot: writers are held back
              for the moment in which it begins, at most ten seconds.

              | database | type |
              |---|---|
              | TINYINT to BIGINT, YEAR | INT64 |
              | BIGINT UNSIGNED, BIT(64) | NUMERIC(20,0) |
              | TINYINT(1) | INT64, or BOOL by `tinyint1_as` |
              | DECIMAL(p,s) | NUMERIC(p,s); BIGNUMERIC above 38 digits |
              | FLOAT, DOUBLE | FLOAT64 |
              | BIT(1); BIT(2) to BIT(63) | BOOL; INT64 |
              | DATE, DATETIME, TIMESTAMP | DATE, DATETIME, TIMESTAMP |
              | TIME | STRING, or TIME by `time_overflow` |
              | CHAR, VARCHAR, TEXT, ENUM, SET, UUID, INET4, INET6 | STRING |
              | JSON | JSON on MySQL; on MariaDB STRING unless in `json_columns` |
              | BINARY, VARBINARY, BLOB | BYTES |
              | GEOMETRY and its kinds, VECTOR | not read: cast it in `query` |

              Read in increments, nothing is lost and nothing comes twice while others write: each run
              reads up to the server's clock (or the largest number), after the transactions that were
              open at that moment have ended, for which it waits up to five seconds. If one stays, a
              read by time ends before it, and a read by number fails and names it. Seeing transactions
              takes the PROCESS privilege; without it the read stays ten seconds behind the clock, unless
              `lag` says otherwise. The column must get the database's own time when a row is written
              (`DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP`), or a growing number; where an
              application sets it earlier, or the server is a replica, set `lag` to the longest delay.
              DATE and DATETIME are wall clocks in the config's `timezone`, TIMESTAMP is an instant. A DATE
              cursor reads days that are over, and with merge today as well. An index on the column makes
              increments cheap.

              Tested against MariaDB; MySQL 8 speaks the same protocol but is unproven.
              """)
          .fields(
              PROFILE,
              HOST,
              PORT,
              DATABASE,
              USER,
              PASSWORD,
              TABLE,
              QUERY,
              COLUMNS,
              WHERE,
              SPLIT_COLUMN,
              MAX_CONNECTIONS,
              SNAPSHOT,
              TLS,
              TINYINT1_AS,
              ZERO_DATES,
              TIME_OVERFLOW,
              JSON_COLUMNS)
          .incremental()
          .example(
              "A whole table",
              """
              {"name": "orders", "module": "mysql",
               "parameters": {"host": "db.example.com", "database": "shop", "user": "reader",
                              "password": "${secret:shop-db}", "table": "orders"}}\
              """)
          .example(
              "What is new in a table",
              """
              {"name": "orders", "module": "mysql", "incremental": {"cursor": "updated_at"},
               "parameters": {"profile": "shop", "table": "orders"}}\
              """)
          .example(
              "A query, with the connection from a profile",
              """
              {"name": "paid", "module": "mysql",
               "parameters": {"profile": "shop",
                              "query": "SELECT id, total FROM orders WHERE status = 'paid'"}}\
              """)
          .into(MySqlParameters::of);

  MySqlParameters {
    queries = List.copyOf(queries);
    columns = List.copyOf(columns);
    jsonColumns = List.copyOf(jsonColumns);
  }

  private static MySqlParameters of(Arguments in, Problems problems) {
    MySqlTable table = in.find(TABLE);
    SqlText query = in.find(QUERY);
    List<Piece> queries = query == null ? List.of() : QueryPieces.of(query.text());
    if (table == null && query == null) {
      problems.error(
          Code.TR101, "neither `table` nor `query` is given", "add `table` with a table's name");
    }
    if (table != null && query != null) {
      contradiction(QUERY, TABLE, "keep one of them", problems);
    } else if (query != null) {
      checkQuery(in, queries, problems);
    }
    return new MySqlParameters(
        new MySqlLogin(
            in.get(HOST),
            in.get(PORT),
            in.get(DATABASE),
            in.get(USER),
            in.get(PASSWORD),
            in.get(TLS)),
        table,
        queries,
        orEmpty(in.find(COLUMNS)),
        in.find(WHERE),
        in.find(SPLIT_COLUMN),
        in.get(MAX_CONNECTIONS),
        in.get(SNAPSHOT),
        new ValueOptions(
            in.get(TINYINT1_AS),
            in.get(ZERO_DATES),
            in.get(TIME_OVERFLOW),
            lowerCase(orEmpty(in.find(JSON_COLUMNS)))),
        orEmpty(in.find(JSON_COLUMNS)));
  }

  private static void checkQuery(Arguments in, List<Piece> queries, Problems problems) {
    if (in.has(COLUMNS)) {
      contradiction(COLUMNS, QUERY, "select the columns in the query", problems);
    }
    if (in.has(WHERE)) {
      contradiction(WHERE, QUERY, "write the condition into the query", problems);
    }
    if (in.has(SPLIT_COLUMN) && queries.size() > 1) {
      problems
          .at(SPLIT_COLUMN)
          .onKey()
          .error(
              Code.TR108,
              "`split_column` and `--sep--` both say how the query is split",
              "remove one of them");
    }
    for (int i = 0; i < queries.size(); i++) {
      if (queries.get(i).sql().isEmpty()) {
        problems
            .at(QUERY)
            .error(
                Code.TR107,
                queries.size() == 1
                    ? "the query is empty"
                    : "piece " + (i + 1) + " of the query is empty",
                queries.size() == 1 ? "write a SELECT" : "remove a `--sep--`");
      }
    }
  }

  private static void contradiction(Field<?> field, Field<?> other, String fix, Problems problems) {
    problems
        .at(field)
        .onKey()
        .error(Code.TR108, "`" + field + "` cannot stand beside `" + other + "`", fix);
  }

  private static List<String> orEmpty(@Nullable List<String> list) {
    return list == null ? List.of() : list;
  }

  private static Set<String> lowerCase(List<String> names) {
    Set<String> lower = new HashSet<>();
    names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
    return lower;
  }

  /** What is read, for messages: a table's name or {@code query}. */
  String subject() {
    return table == null ? "query" : table.toString();
  }
}
