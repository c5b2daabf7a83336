package io.tributary.connector.files;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.RecordType;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The records of one CSV file, one at a time, without a text object per cell. Lines that are empty
 * are passed over, except in a file of one column, where such a line is an empty cell. Not
 * thread-safe.
 */
final class CsvRecords implements Closeable {
  private static final Pattern LINE = Pattern.compile("line (\\d+)");

  private final String path;
  private final CsvReader<Cells> reader;
  private final CloseableIterator<Cells> iterator;
  private final List<String> names;
  private final Cells cells;
  private final long linesBefore;

  /** Opens a file and reads its header. */
  CsvRecords(String path, FilesParameters parameters) throws IOException {
    this(path, parameters, TextSource.open(path, parameters.compression().of(path)), null, 0);
  }

  /** Opens a part of a file; the header is that of the file. */
  static CsvRecords of(FileSplit part, FilesParameters parameters) throws IOException {
    List<String> names = null;
    if (part.from() > 0) {
      try (CsvRecords first = new CsvRecords(part.path(), parameters)) {
        names = first.names();
      }
    }
    return new CsvRecords(
        part.path(),
        parameters,
        TextSource.open(part, parameters.compression().of(part.path())),
        names,
        part.linesBefore());
  }

  /**
   * @param header null when it is the first record
   */
  private CsvRecords(
      String path,
      FilesParameters parameters,
      Reader text,
      @Nullable List<String> header,
      long linesBefore)
      throws IOException {
    this.path = path;
    this.linesBefore = linesBefore;
    this.cells = new Cells(linesBefore);
    this.reader =
        CsvReader.builder()
            .fieldSeparator(parameters.delimiter())
            .quoteCharacter(parameters.quote())
            .skipEmptyLines(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .build(new CellCollector(cells), text);
    this.iterator = reader.iterator();
    try {
      this.names = header != null ? header : parameters.header() ? header() : List.of();
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  private List<String> header() throws IOException {
    List<String> header = new ArrayList<>();
    while (header.isEmpty() && advance()) {
      for (int i = 0; !cells.isEmptyLine() && i < cells.size(); i++) {
        String name = cells.text(i).strip();
        header.add(name.isEmpty() ? "column_" + (i + 1) : name);
      }
    }
    return header;
  }

  /** Names of the columns in the file's order; empty for an empty file and one without a header. */
  List<String> names() {
    return names;
  }

  /**
   * Goes to the next record.
   *
   * @param columns how many columns there are
   * @return false when there is none
   * @throws IOException when the file cannot be read on; the message names it and the line
   */
  boolean next(int columns) throws IOException {
    do {
      if (!advance()) {
        return false;
      }
    } while (cells.isEmptyLine() && columns != 1);
    return true;
  }

  private boolean advance() throws IOException {
    try {
      if (!iterator.hasNext()) {
        return false;
      }
      iterator.next(); // fills the cells
      return true;
    } catch (CsvParseException e) {
      throw new IOException(path + ": " + withLines(String.valueOf(e.getMessage())), e);
    } catch (UncheckedIOException e) {
      throw new IOException(
          path + " after line " + cells.line() + ": " + e.getCause().getMessage(), e.getCause());
    }
  }

  /** A message of the library with lines of the file instead of the part. */
  private String withLines(String message) {
    return LINE.matcher(message)
        .replaceAll(line -> "line " + (Long.parseLong(line.group(1)) + linesBefore));
  }

  /** The cells of the current record; filled again by the next. */
  Cells cells() {
    return cells;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  /** The cells of one record as slices of one array. */
  static final class Cells {
    private char[] text = new char[1024];
    private int[] ends = new int[32];
    private boolean[] quoted = new boolean[32];
    private int size;
    private final long linesBefore;
    private long line;

    Cells(long linesBefore) {
      this.linesBefore = linesBefore;
    }

    int size() {
      return size;
    }

    /** The line on which the record begins, from 1. */
    long line() {
      return line;
    }

    char[] characters() {
      return text;
    }

    int from(int cell) {
      return cell == 0 ? 0 : ends[cell - 1];
    }

    int to(int cell) {
      return ends[cell];
    }

    boolean isEmpty(int cell) {
      return from(cell) == ends[cell];
    }

    /** Whether the cell stood in quotes. */
    boolean isQuoted(int cell) {
      return quoted[cell];
    }

    boolean isEmptyLine() {
      return size == 1 && isEmpty(0) && !quoted[0];
    }

    boolean is(int cell, String value) {
      int from = from(cell);
      if (ends[cell] - from != value.length()) {
        return false;
      }
      for (int i = 0; i < value.length(); i++) {
        if (text[from + i] != value.charAt(i)) {
          return false;
        }
      }
      return true;
    }

    String text(int cell) {
      return TextSource.printable(text, from(cell), ends[cell]);
    }

    private void begin(long startingLine) {
      size = 0;
      line = linesBefore + startingLine;
    }

    private void add(char[] buffer, int offset, int length, boolean inQuotes) {
      if (size == ends.length) {
        ends = Arrays.copyOf(ends, size * 2);
        quoted = Arrays.copyOf(quoted, size * 2);
      }
      int from = size == 0 ? 0 : ends[size - 1];
      if (text.length - from < length) {
        text = Arrays.copyOf(text, Math.max(text.length * 2, from + length));
      }
      System.arraycopy(buffer, offset, text, from, length);
      ends[size] = from + length;
      quoted[size] = inQuotes;
      size++;
    }
  }

  private static final class CellCollector extends CsvCallbackHandler<Cells> {
    private final Cells cells;

    CellCollector(Cells cells) {
      this.cells = cells;
    }

    @Override
    protected RecordType getRecordType() {
      return RecordType.DATA;
    }

    @Override
    protected int getFieldCount() {
      return cells.size();
    }

    @Override
    protected void beginRecord(long startingLine) {
      cells.begin(startingLine);
    }

    @Override
    protected void addField(char[] buffer, int offset, int length, boolean quoted) {
      cells.add(buffer, offset, length, quoted);
    }

    @Override
    protected void setComment(char[] buffer, int offset, int length) {
      throw new IllegalStateException("comments are not read");
    }

    @Override
    protected void setEmpty() {
      cells.add(new char[0], 0, 0, false);
    }

    @Override
    protected Cells buildRecord() {
      return cells;
    }
  }
}
