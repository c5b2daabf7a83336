package io.tributary.cli;

/** Emphasis by terminal codes, or none where text goes to a file or the user does not want it. */
record Style(boolean coloured) {
  String strong(String text) {
    return in("1", text);
  }

  String faint(String text) {
    return in("2", text);
  }

  String bad(String text) {
    return in("31", text);
  }

  String good(String text) {
    return in("32", text);
  }

  String doubtful(String text) {
    return in("33", text);
  }

  private String in(String code, String text) {
    return coloured ? "\033[" + code + "m" + text + "\033[0m" : text;
  }
}
