package io.tributary.config;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import io.tributary.config.ConfigLoader.Loaded;
import io.tributary.spec.Secret;
import io.tributary.spec.Spec;
import io.tributary.spec.WriteMode;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
  private static final String PROFILES =
      """
      {"shop": {"host": "db", "port": "3307", "database": "shop", "user": "reader",
                "password": "${env:SHOP_PASSWORD}"}}
      """;
  private static final String ORDERS =
      """
      name: orders_to_warehouse
      timezone: Europe/Berlin
      schedule: {name: orders-nightly, cron: "0 2 * * *", enable: true}
      sources:
        - name: orders
          module: mysql
          parameters: {profile: shop, table: orders, columns: [id, amount, status]}
      transforms:
        - name: paid
          module: filter
          inputs: [orders]
          parameters: {where: "status = 'paid' AND amount > 0"}
        - name: priced
          module: select
          inputs: [paid]
          parameters:
            columns: {id: id, net: "CAST(amount / 1.19 AS NUMERIC)"}
      sinks:
        - name: revenue
          module: bigquery
          input: priced
          mode: replace                     # replace | append | merge with merge_keys
          parameters: {table: "my-project:mart.revenue", create_disposition: CREATE_IF_NEEDED}
      """;

  @TempDir Path folder;

  @Test
  void aYamlConfigBecomesTypedNodes() {
    ConfigFolder files =
        new ConfigFolder(folder)
            .set("SHOP_PASSWORD", "hunter2")
            .write(".connections.json", PROFILES);

    Loaded loaded = files.load("orders.yaml", ORDERS);

    assertThat(files.shown(loaded), is(""));
    PipelineConfig config = loaded.config();
    assertThat(config.name(), is("orders_to_warehouse"));
    assertThat(config.timezone(), is(ZoneId.of("Europe/Berlin")));
    assertThat(
        config.schedule(),
        is(new Schedule("orders-nightly", "0 2 * * *", true, ZoneId.of("Europe/Berlin"))));
    assertThat(config.errors(), is(ErrorPolicy.NONE));
    assertThat(
        config.nodes().stream().map(NodeConfig::name).toList(),
        contains("orders", "paid", "priced", "revenue"));
    assertThat(
        config.nodes().get(0).parameters(),
        is(
            new TestCatalog.Database(
                "db",
                3307,
                "shop",
                "reader",
                Secret.env("SHOP_PASSWORD"),
                "orders",
                null,
                List.of("id", "amount", "status"))));
    assertThat(config.nodes().get(2).inputs(), contains("paid"));
    assertThat(
        config.nodes().get(2).parameters(),
        is(new TestCatalog.Select(Map.of("id", "id", "net", "CAST(amount / 1.19 AS NUMERIC)"))));
    assertThat(config.nodes().get(3).kind(), is(Spec.Kind.SINK));
    assertThat(
        config.nodes().get(3).parameters(),
        is(new TestCatalog.Table("my-project:mart.revenue", WriteMode.REPLACE, false, null)));
  }

  @Test
  void aJsonConfigOfThePredecessorIsRead() {
    ConfigFolder files =
        new ConfigFolder(folder).set("SHOP_PASSWORD", "x").write(".connections.json", PROFILES);

    Loaded loaded =
        files.load(
            "mysql_to_bigquery.json",
            """
            {
            \t"name": "copy",
            \t"description": "a whole table",
            \t"schedule": {"name": "nightly", "cron": "0 0 * * *", "enable": "false"},
            \t"sources": [{"name": "mysqlInput", "module": "mysql", "parameters": {
            \t\t"profile": "shop", "query": "SELECT * FROM test;", "incremental": false}}],
            \t"sinks": [{"name": "bigqueryOutput", "module": "bigquery", "parameters": {
            \t\t"input": "mysqlInput", "mode": "replace", "table": "p:test_db.test",
            \t\t"create_disposition": "CREATE_IF_NEEDED"}}]
            }
            """);

    assertThat(files.shown(loaded), is(""));
    assertThat(loaded.config().schedule().enable(), is(false));
    assertThat(
        ((TestCatalog.Database) loaded.config().nodes().get(0).parameters()).query().text(),
        is("SELECT * FROM test;"));
    assertThat(loaded.config().nodes().get(1).inputs(), contains("mysqlInput"));
  }

  @Test
  void fiveMistakesAreFiveDiagnostics() {
    String messages =
        new ConfigFolder(folder)
            .messages(
                "crm.yaml",
                """
                timezone: Europe/Berln
                sources:
                  - name: leads
                    module: file
                    parameters: {path: leads.csv}
                  - name: deals
                    module: files
                    parameters: {path: deals.csv, header: maybe}
                sinks:
                  - name: out
                    module: bigquery
                    input: deals
                    parameters:
                      tabel: crm.leads
                      mode: apend
                """);

    assertThat(
        messages,
        is(
            """
            crm.yaml:1:11: error TR120: unknown time zone "Europe/Berln"
                1 | timezone: Europe/Berln
                  |           ^^^^^^^^^^^^ did you mean `Europe/Berlin`?
            crm.yaml:4:13: error TR103: unknown module `file` of a source
                4 |     module: file
                  |             ^^^^ did you mean `files`?
               valid here: files, mysql, postgres
            crm.yaml:8:43: error TR104: expected true or false, found "maybe"
                8 |     parameters: {path: deals.csv, header: maybe}
                  |                                           ^^^^^ write true or false
            crm.yaml:14:7: error TR102: unknown key `tabel` in sink `out` (module bigquery)
               14 |       tabel: crm.leads
                  |       ^^^^^ did you mean `table`?
               valid here: table, mode, merge_keys, allow_full_append, schema, create_disposition,\
             partitioning, partitioning_field, clustering, input
            crm.yaml:15:13: error TR105: `apend` is not allowed here; valid here: replace, append,\
             merge
               15 |       mode: apend
                  |             ^^^^^ did you mean `append`?
            """));
  }
}
