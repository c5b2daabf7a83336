package io.tributary.config;

/**
 * What a document may demand of the parser.
 *
 * @param bytes of a file
 * @param depth of maps and lists in each other
 * @param aliases in a document
 * @param nodes values of a document, those of aliases counted each time
 */
record Limits(int bytes, int depth, int aliases, int nodes) {
  static final Limits DEFAULT = new Limits(5 * 1024 * 1024, 64, 100, 500_000);
}
