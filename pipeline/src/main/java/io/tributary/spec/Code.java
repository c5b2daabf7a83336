package io.tributary.spec;

/**
 * The stable code of every kind of diagnostic. TR0xx: the document; TR1xx: keys, values and wiring,
 * found offline; TR2xx: schemas, expressions and destinations, found by the plan. A code is never
 * given a second meaning.
 */
public enum Code {
  TR001("the file cannot be read"),
  TR002("the text is not valid YAML or JSON"),
  TR003("a key occurs twice"),
  TR004("the file is not UTF-8"),
  TR005("a limit of the parser is exceeded"),
  TR006("a YAML merge key is used"),
  TR007("JSON has a comment or a trailing comma"),
  TR008("a reference has a wrong form"),
  TR009("an unquoted `${…}` in a flow collection"),
  TR010("an unquoted ` #` cuts a text off"),
  TR011("a tab is used for indentation"),
  TR012("the file holds more than one document"),
  TR013("the file is not a config"),
  TR101("a required key is missing"),
  TR102("unknown key"),
  TR103("unknown module"),
  TR104("a value has the wrong type"),
  TR105("a value is not one of the allowed words"),
  TR106("a value is out of range"),
  TR107("a value has a wrong form"),
  TR108("keys contradict each other"),
  TR109("a name is used twice"),
  TR110("unknown input"),
  TR111("the nodes form a cycle"),
  TR112("the rows of a node are not used"),
  TR113("a variable has no value"),
  TR114("a secret stands in the file as text"),
  TR115("unknown profile"),
  TR116("a file is missing"),
  TR117("illegal combination of mode and source"),
  TR118("a key stands both in the node and in its parameters"),
  TR119("wrong cron expression"),
  TR120("unknown time zone"),
  TR121("the SQL text does not parse"),
  TR122("wrong table name"),
  TR123("two sinks write to the same table"),
  TR124("wrong name"),
  TR125("wrong schema"),
  TR126("the command line names what the config does not have"),
  TR127("a known key that this version does not carry out"),
  TR140("a test names a node that the config does not have"),
  TR141("a mock that no expectation needs"),
  TR142("a source that a test needs is not mocked"),
  TR128("a module that cannot read in increments is asked to"),
  TR129("an interval of the older form without a time zone"),
  TR201("unknown column"),
  TR202("type error in an expression"),
  TR203("unknown function"),
  TR204("function or feature not supported in filter and select"),
  TR205("a merge key is not in the schema"),
  TR206("the destination's table contradicts the schema"),
  TR207("the destination's table does not exist"),
  TR208("a column's type cannot be read"),
  TR209("the source's object does not exist"),
  TR210("the source cannot be reached"),
  TR211("access denied"),
  TR212("two columns have the same name"),
  TR213("a column name is not allowed in the destination"),
  TR214("partitioning or clustering column is wrong"),
  TR215("the query is refused by the source"),
  TR216("no schema can be found"),
  TR217("SQL error"),
  TR218("the destination's table belongs to another project"),
  TR219("the warehouse cannot be opened"),
  TR230("function or feature not supported by the embedded warehouse"),
  TR220("the cursor of an incremental source is wrong"),
  TR221("where an increment starts cannot be told"),
  TR222("rows without a cursor are read by the first run only"),
  TR301("the run failed; trying again may help"),
  TR302("the run failed; trying again will not help"),
  TR303("the run was stopped");

  private final String meaning;

  Code(String meaning) {
    this.meaning = meaning;
  }

  /** What the code stands for, in a few words. */
  public String meaning() {
    return meaning;
  }
}
