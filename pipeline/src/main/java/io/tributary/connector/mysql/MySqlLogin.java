package io.tributary.connector.mysql;

import io.tributary.spec.Secret;
import java.io.Serializable;
import java.util.Locale;

/**
 * Where a server is and who logs in. Serializable; holds the password's reference, not its text.
 */
record MySqlLogin(String host, int port, String database, String user, Secret password, Tls tls)
    implements Serializable {

  /** How the connection is encrypted. */
  enum Tls {
    /** Encrypted where the server offers it; not on this machine, where nobody else listens. */
    PREFERRED,
    DISABLE,
    /** Encrypted, whoever the server is. */
    REQUIRE,
    /** Encrypted, and the server's certificate is signed by an authority the JVM trusts. */
    VERIFY_CA,
    /** As VERIFY_CA, and the certificate names the host. */
    VERIFY_FULL
  }

  /** Whether the server is on this machine. */
  boolean isLocal() {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost") || name.startsWith("127.") || name.equals("::1");
  }

  /** The address as messages name it. */
  String address() {
    return host + ":" + port;
  }
}
