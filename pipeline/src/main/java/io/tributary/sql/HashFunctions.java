package io.tributary.sql;

import static java.util.Map.entry;

import com.google.common.hash.HashCode;
import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/** Digests, which mask keys, and the texts of bytes. */
final class HashFunctions {
  private static final HashFunction FARM = Hashing.farmHashFingerprint64();

  static final Map<String, Function> FUNCTIONS =
      Map.ofEntries(
          entry("md5", in -> digest(in, "MD5")),
          entry("sha1", in -> digest(in, "SHA-1")),
          entry("sha256", in -> digest(in, "SHA-256")),
          entry("sha512", in -> digest(in, "SHA-512")),
          entry("farm_fingerprint", in -> LongExpr.of(in.bytes(0), HashFunctions::fingerprint)),
          entry("to_hex", in -> BytesExpr.of(in.bytes(0), HashFunctions::toHex)),
          entry("from_hex", in -> BytesExpr.of(in.bytes(0), HashFunctions::fromHex)),
          entry("to_base64", in -> BytesExpr.of(in.bytes(0), HashFunctions::toBase64)),
          entry("from_base64", in -> BytesExpr.of(in.bytes(0), HashFunctions::fromBase64)));

  private HashFunctions() {}

  private static Expr digest(Operands in, String algorithm) throws BindException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
    return BytesExpr.of(
        in.bytes(0),
        (a, out) -> {
          digest.update(a.bytes, a.offset, a.length);
          return out.set(digest.digest());
        });
  }

  private static long fingerprint(BytesExpr a) {
    HashCode hash = FARM.hashBytes(a.bytes, a.offset, a.length);
    return hash.asLong();
  }

  private static boolean toHex(BytesExpr a, BytesExpr out) {
    String hex = HexFormat.of().formatHex(a.bytes, a.offset, a.offset + a.length);
    return out.set(hex.getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean fromHex(BytesExpr a, BytesExpr out) throws RowException {
    String text = a.text();
    try {
      return out.set(HexFormat.of().parseHex(text.length() % 2 == 0 ? text : "0" + text));
    } catch (IllegalArgumentException e) {
      throw new RowException("the text is no valid hexadecimal");
    }
  }

  private static boolean toBase64(BytesExpr a, BytesExpr out) {
    return out.set(Base64.getEncoder().encode(a.copy()));
  }

  private static boolean fromBase64(BytesExpr a, BytesExpr out) throws RowException {
    try {
      return out.set(Base64.getDecoder().decode(a.copy()));
    } catch (IllegalArgumentException e) {
      throw new RowException("the text is no valid base64");
    }
  }
}
