package dev.statelessmcp.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.call.Caller;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.protocol.ProtocolVersion;
import dev.statelessmcp.protocol.RequestMeta;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExchangeTest {

  @Test
  void defaultsFitATransportThatKnowsNothing() {
    Exchange exchange = new Exchange() {};
    exchange.send(new JsonRpcMessage.Notification("n", Json.object()));
    exchange.initialized(RequestMeta.UNKNOWN);
    assertEquals(RequestMeta.UNKNOWN, exchange.legacyClient());
    assertEquals(ProtocolVersion.ASSUMED_LEGACY, RequestMeta.UNKNOWN.version());
    assertTrue(exchange.caller().isAnonymous());
    assertFalse(exchange.cancellation().isCancelled());
    assertEquals(Optional.empty(), exchange.deadline());
    assertEquals(Map.of(), exchange.headers());
  }

  @Test
  void callerKeepsItsScopes() {
    Set<String> scopes = new HashSet<>(Set.of("read"));
    Caller caller = new Caller("me", scopes, Json.object());
    scopes.add("write");
    assertEquals(Set.of("read"), caller.scopes());
    assertFalse(caller.isAnonymous());
    assertEquals(Caller.of("me", "read"), caller);
    assertThrows(NullPointerException.class, () -> Caller.of(null));
  }
}
