package dev.statelessmcp.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.http.LegacySessions;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.subscription.ChangeEvent;
import org.junit.jupiter.api.Test;

/** The kit on the rules of HTTP, without a socket. */
class EndpointKitTest extends LiveKitSuite {
  @Override
  protected McpTestClient connect() {
    Authenticator bearer = request -> {
      String credentials = request.headers().get("Authorization").orElse(null);
      return credentials == null
          ? Authenticator.accepted(Caller.ANONYMOUS)
          : credentials.equals("Bearer ann")
              ? Authenticator.accepted(Caller.of("ann"))
              : Authenticator.unauthorized("Bearer");
    };
    StreamableHttp endpoint = StreamableHttp.builder(sample.create())
        .path("/mcp")
        .authenticator(bearer)
        .legacySessions(LegacySessions.DEFAULT)
        .build();
    return McpTestClient.of(endpoint, "/mcp");
  }

  @Test
  void callerComesFromCredentials() {
    client()
        .header("Authorization", "Bearer ann")
        .header("X-Team", "blue")
        .call("who")
        .hasText("ann [blue]")
        .hasStatus(200);
  }

  /** The first request also opens the connection. */
  @Test
  void legacyConnectionIsOpenedWithCredentials() {
    StreamableHttp endpoint = StreamableHttp.builder(sample.create())
        .authenticator(request -> request.headers().get("Authorization").isPresent()
            ? Authenticator.accepted(Caller.of("ann"))
            : Authenticator.unauthorized("Bearer"))
        .build();
    McpTestClient ann =
        McpTestClient.of(endpoint, "/").header("Authorization", "Bearer ann").legacy();
    ann.header("X-Team", "blue").call("who").hasText("ann [blue]");
    assertEquals("2025-11-25", ann.server().path("protocolVersion").textValue());
  }

  @Test
  void wrongHeaderIsRefused() {
    client()
        .header("Mcp-Name", "other")
        .call("who")
        .hasError(-32020, "Mcp-Name")
        .hasStatus(400);
  }

  @Test
  void legacySessionReallyAsksAndSendsChanges() {
    try (McpTestClient legacy = client().legacy()) {
      legacy
          .answers("name", new SampleServer.Name("Ann"))
          .answers("booking", new SampleServer.Booking(4, true))
          .call("book")
          .hasText("Ann: 4");
      try (TestSubscription changes =
          legacy.listen(ChangeEvent.resourceUpdated("notes:///welcome"))) {
        sample.feed.publish(ChangeEvent.resourceUpdated("notes:///welcome"));
        changes.receives(ChangeEvent.resourceUpdated("notes:///welcome"));
      }
    }
  }
}
