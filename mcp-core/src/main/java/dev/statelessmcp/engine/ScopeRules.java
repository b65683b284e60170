package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.catalog.Item;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.transport.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a caller may see and use by its scopes, for lists, calls, completions and
 * subscriptions. Immutable.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization#scope-challenge-handling">Scope
 *     Challenge Handling</a>
 */
final class ScopeRules {
  private final @Nullable BiPredicate<String, String> hierarchy; // null if no scope implies another
  private final boolean hides;

  ScopeRules(@Nullable BiPredicate<String, String> hierarchy, boolean hides) {
    this.hierarchy = hierarchy;
    this.hides = hides;
  }

  /**
   * Whether a caller has scopes.
   *
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization#step-up-authorization-flow">"Servers
   *     MUST account for scope hierarchies, where a broader scope implies narrower ones"</a>
   */
  boolean has(Caller caller, List<String> scopes) {
    for (String scope : scopes) {
      if (!caller.scopes().contains(scope) && !implies(caller, scope)) {
        return false;
      }
    }
    return true;
  }

  private boolean implies(Caller caller, String required) {
    if (hierarchy != null) {
      for (String granted : caller.scopes()) {
        if (hierarchy.test(granted, required)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a caller may see an item. */
  boolean isVisible(Item<?> item, Caller caller) {
    return item.isVisibleTo(caller) && !hides(item, caller);
  }

  /** Whether an item is hidden from a caller because it lacks a scope. */
  boolean hides(Item<?> item, Caller caller) {
    return !item.requiredScopes().isEmpty()
        && item.isHiddenWithoutScopes(hides)
        && !has(caller, item.requiredScopes());
  }

  /**
   * Checks that a caller may use an item.
   *
   * @throws McpException if it lacks a scope
   */
  void require(Item<?> item, Exchange exchange) {
    if (!item.requiredScopes().isEmpty()) {
      require(item.requiredScopes(), exchange);
    }
  }

  /**
   * Checks that a caller has scopes.
   *
   * @throws McpException if it lacks one; it names them all
   */
  void require(List<String> scopes, Exchange exchange) {
    if (!has(exchange.caller(), scopes)) {
      throw insufficient(scopes, exchange);
    }
  }

  /**
   * "servers SHOULD include all scopes required for the current operation in a single challenge"
   */
  static McpException insufficient(List<String> scopes, Exchange exchange) {
    List<String> all = new ArrayList<>(exchange.requiredScopes());
    ObjectNode data = Json.object();
    ArrayNode names = data.putArray("requiredScopes");
    for (String scope : scopes) {
      if (!all.contains(scope)) {
        all.add(scope);
      }
    }
    for (String scope : all) {
      names.add(scope);
    }
    return new McpException(
            ErrorCode.INSUFFICIENT_SCOPE,
            "Insufficient scope: this request needs " + String.join(" ", all),
            data)
        .http(403, Map.of("WWW-Authenticate", exchange.scopeChallenge(all)));
  }
}
