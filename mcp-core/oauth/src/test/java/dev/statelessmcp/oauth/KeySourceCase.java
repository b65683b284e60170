package dev.statelessmcp.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.testing.SilentLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** An issuer, a clock that a test moves, and a server that fetches its keys. */
@ExtendWith(SilentLog.class)
abstract class KeySourceCase {
  TestIssuer issuer;
  final Ticking clock = new Ticking();

  /** A clock that a test moves. */
  static final class Ticking extends Clock {
    private volatile Instant now = Tokens.NOW;

    void add(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeEach
  void start() throws IOException {
    issuer = new TestIssuer();
    issuer.page("/jwks", Tokens.jwks("rsa-1"));
  }

  @AfterEach
  void stop() {
    issuer.close();
  }

  final ResourceServer server() {
    return ResourceServer.builder(Tokens.RESOURCE)
        .clock(clock)
        .issuer(issuer.url(), issuer.url() + "/jwks")
        .build();
  }

  final ResourceServer discovering(String name) {
    return ResourceServer.builder(Tokens.RESOURCE).clock(clock).issuer(name).build();
  }

  final String metadata(String name) {
    return "{\"issuer\":\"" + name + "\",\"jwks_uri\":\"" + issuer.url() + "/jwks\"}";
  }

  static String token(String iss, String keyId, String key) {
    ObjectNode claims = Tokens.claims().put("iss", iss).put("exp", 1_900_000_000L);
    return Tokens.sign(Tokens.header("RS256", keyId), claims, key);
  }

  final String token(String key) {
    return token(issuer.url(), key, key);
  }

  /** The status of a request with a token. */
  static int status(ResourceServer server, String token) {
    Target.Collected reply = new Target.Collected();
    StreamableHttp endpoint = ProtectedServer.endpoint(server);
    HttpHeaders headers = HttpHeaders.of(
        "Host", "api.example.com",
        "Authorization", "Bearer " + token,
        "Accept", "application/json",
        "Content-Type", "application/json");
    byte[] ping =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}".getBytes(StandardCharsets.UTF_8);
    try {
      endpoint.handle(
          new HttpRequest("POST", "/echo/mcp", headers, HttpRequest.Body.of(ping)), reply);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return reply.answer().status();
  }
}
