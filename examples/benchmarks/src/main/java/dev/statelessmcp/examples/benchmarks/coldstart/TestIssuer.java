package dev.statelessmcp.examples.benchmarks.coldstart;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/**
 * An authorization server on this machine, for the function that checks access tokens: it publishes
 * one RSA key and has issued one token.
 */
final class TestIssuer implements AutoCloseable {
  private static final String RESOURCE = "https://api.example.com/echo/mcp";
  private static final int KEY_BITS = 2048;
  private static final long LIFETIME_SECONDS = 86_400;

  private final HttpServer server;
  private final KeyPair keys;
  private final String token;

  TestIssuer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(KEY_BITS);
      keys = generator.generateKeyPair();
      token = sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has RSA", e);
    }
    byte[] jwks = jwks().getBytes(StandardCharsets.US_ASCII);
    server.createContext("/jwks", exchange -> {
      exchange.sendResponseHeaders(200, jwks.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(jwks);
      }
    });
    server.start();
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private String jwks() {
    RSAPublicKey key = (RSAPublicKey) keys.getPublic();
    return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"kid\":\"1\",\"n\":\""
        + encode(unsigned(key.getModulus()))
        + "\",\"e\":\""
        + encode(unsigned(key.getPublicExponent()))
        + "\"}]}";
  }

  private static byte[] unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }

  private String sign() throws GeneralSecurityException {
    long now = System.currentTimeMillis() / 1000;
    String header = "{\"alg\":\"RS256\",\"kid\":\"1\",\"typ\":\"at+jwt\"}";
    String claims = "{\"iss\":\"" + url() + "\",\"sub\":\"benchmark\",\"aud\":\"" + RESOURCE
        + "\",\"client_id\":\"benchmark\",\"scope\":\"mcp:use\",\"iat\":" + now + ",\"exp\":"
        + (now + LIFETIME_SECONDS) + "}";
    String signed = encode(header.getBytes(StandardCharsets.US_ASCII))
        + "."
        + encode(claims.getBytes(StandardCharsets.US_ASCII));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(keys.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + encode(signature.sign());
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The variables that have a function accept its tokens alone. */
  Map<String, String> environment() {
    return Map.of(
        "MCP_OAUTH_RESOURCE",
        RESOURCE,
        "MCP_OAUTH_ISSUER",
        url(),
        "MCP_OAUTH_JWKS_URI",
        url() + "/jwks",
        "MCP_OAUTH_SCOPES",
        "mcp:use");
  }

  /** The token that it has issued. */
  String token() {
    return token;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
