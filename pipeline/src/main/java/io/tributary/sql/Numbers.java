package io.tributary.sql;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers and their texts, as CAST reads and writes them. */
final class Numbers {
  private static final double TWO_TO_63 = 0x1p63;
  private static final int SHORT_DIGITS = 15;
  private static final int EXACT_DIGITS = 17;
  private static final Pattern HEXADECIMAL =
      Pattern.compile("[+-]?0x([0-9a-f]+\\.?[0-9a-f]*|\\.[0-9a-f]+)(p[+-]?\\d+)?");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)(e[+-]?\\d+)?");

  private Numbers() {}

  /** The nearest INT64, half away from zero. */
  static long nearestLong(double value) throws RowException {
    double rounded = round(value);
    if (!(rounded >= -TWO_TO_63 && rounded < TWO_TO_63)) {
      throw new RowException("the value does not fit INT64");
    }
    return (long) rounded;
  }

  /** The nearest whole number, half away from zero. */
  static double round(double value) {
    double truncated = value < 0 ? Math.ceil(value) : Math.floor(value);
    return Math.abs(value - truncated) >= 0.5 ? truncated + Math.signum(value) : truncated;
  }

  static long parseLong(BytesExpr a) throws RowException {
    String text = a.text().strip();
    boolean negative = text.startsWith("-");
    String digits = negative || text.startsWith("+") ? text.substring(1) : text;
    boolean hex = digits.startsWith("0x") || digits.startsWith("0X");
    String plain = hex ? digits.substring(2) : digits;
    if (plain.isEmpty() || plain.charAt(0) == '-' || plain.charAt(0) == '+') {
      throw new RowException("the text is no valid INT64");
    }
    try {
      return Long.parseLong((negative ? "-" : "") + plain, hex ? 16 : 10);
    } catch (NumberFormatException e) {
      throw new RowException("the text is no valid INT64");
    }
  }

  static double parseDouble(String text) throws RowException {
    String word = text.strip().toLowerCase(Locale.ROOT);
    switch (word) {
      case "inf", "+inf", "infinity", "+infinity":
        return Double.POSITIVE_INFINITY;
      case "-inf", "-infinity":
        return Double.NEGATIVE_INFINITY;
      case "nan":
        return Double.NaN;
      default:
        if (HEXADECIMAL.matcher(word).matches()) {
          return Double.parseDouble(word.contains("p") ? word : word + "p0");
        }
        if (!DECIMAL.matcher(word).matches()) { // Java has forms of its own, such as 1f
          throw new RowException("the text is no valid FLOAT64");
        }
        return Double.parseDouble(word);
    }
  }

  static BigDecimal parseDecimal(String text) throws RowException {
    try {
      BigDecimal value = new BigDecimal(text.strip());
      if (value.precision() - (long) value.scale() > 40 && value.signum() != 0) {
        throw new RowException("the value does not fit NUMERIC");
      }
      return value.signum() == 0 ? BigDecimal.ZERO : value;
    } catch (NumberFormatException e) {
      throw new RowException("the text is no valid number");
    }
  }

  static BigDecimal exactDecimal(double value) throws RowException {
    if (!Double.isFinite(value)) {
      throw new RowException("the value is not finite");
    }
    return new BigDecimal(value);
  }

  /**
   * The shortest of 15 or 17 digits that is read again as the same number: {@code 1}, {@code
   * 1e+20}.
   */
  static String text(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return "0"; // without a sign
    }
    BigDecimal exact = new BigDecimal(value);
    BigDecimal rounded = exact.round(new MathContext(SHORT_DIGITS, RoundingMode.HALF_EVEN));
    int digits = SHORT_DIGITS;
    if (rounded.doubleValue() != value) {
      rounded = exact.round(new MathContext(EXACT_DIGITS, RoundingMode.HALF_EVEN));
      digits = EXACT_DIGITS;
    }
    BigDecimal shortest = rounded.stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -4 && exponent < digits) {
      return shortest.toPlainString();
    }
    String all = shortest.unscaledValue().abs().toString();
    StringBuilder text = new StringBuilder(value < 0 ? "-" : "").append(all.charAt(0));
    if (all.length() > 1) {
      text.append('.').append(all, 1, all.length());
    }
    text.append('e').append(exponent < 0 ? '-' : '+');
    TimeText.append(text, Math.abs(exponent), 2);
    return text.toString();
  }
}
