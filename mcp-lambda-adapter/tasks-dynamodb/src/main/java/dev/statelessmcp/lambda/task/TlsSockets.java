package dev.statelessmcp.lambda.task;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Creates TLS sockets that offer only x25519. By default Java also generates a key pair for
 * secp256r1, which takes most of the handshake's CPU time and is not used, because the endpoints of
 * AWS choose x25519. If an endpoint does not support x25519, such as one for FIPS, the defaults of
 * Java are used. Thread-safe.
 */
final class TlsSockets extends SSLSocketFactory { // cold start
  private static final String[] GROUPS = {"x25519"};

  private final SSLSocketFactory sockets;
  private volatile boolean asJavaDoes;

  TlsSockets(SSLSocketFactory sockets) {
    this.sockets = sockets;
  }

  /**
   * Uses Java's defaults from now on.
   *
   * @return false if they were already used, so that a repeated handshake would fail again
   */
  boolean offerAll() {
    if (asJavaDoes) {
      return false;
    }
    asJavaDoes = true;
    return true;
  }

  private Socket limited(Socket socket) {
    if (!asJavaDoes && socket instanceof SSLSocket tls) {
      try { // by name, because this is compiled for Java 17
        SSLParameters parameters = tls.getSSLParameters();
        Method get = SSLParameters.class.getMethod("getNamedGroups");
        String[] groups = (String[]) get.invoke(parameters);
        // A Java that prefers another group, such as one that quantum computers do not break, does
        if (groups != null && groups.length > 1 && groups[0].equals(GROUPS[0])) {
          SSLParameters.class
              .getMethod("setNamedGroups", String[].class)
              .invoke(parameters, (Object) GROUPS);
          tls.setSSLParameters(parameters);
        }
      } catch (ReflectiveOperationException e) {
        asJavaDoes = true; // before Java 20
      }
    }
    return socket;
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    return limited(sockets.createSocket(socket, host, port, autoClose));
  }

  @Override
  public Socket createSocket() throws IOException {
    return limited(sockets.createSocket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return limited(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return limited(sockets.createSocket(host, port, localHost, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return limited(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return limited(sockets.createSocket(host, port, localHost, localPort));
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return sockets.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return sockets.getSupportedCipherSuites();
  }
}
