package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.intercept.Interceptor;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.JsonRpcPayload;
import dev.statelessmcp.jsonrpc.MalformedMessageException;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.subscription.ChangeFeed;
import dev.statelessmcp.subscription.Registration;
import dev.statelessmcp.transport.Admission;
import dev.statelessmcp.transport.Exchange;
import dev.statelessmcp.transport.LegacyConnection;
import dev.statelessmcp.transport.ServerPort;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The path of a message through a server: era, metadata, method, then {@link ServedRequest}.
 * Immutable and thread-safe.
 */
public final class Engine implements ServerPort {
  /** Limits the work of one batch: each element is a complete request. */
  private static final int MAX_BATCH = 100;

  private final ServerDefinition server;
  private final MethodTable methods;
  private final ProtocolEra modern = new ModernEra();
  private final ProtocolEra legacy = new LegacyEra();

  /**
   * Creates the engine of one server.
   *
   * @param server the definition of the server
   */
  public Engine(ServerDefinition server) {
    this.server = server;
    this.methods = new MethodTable(server);
  }

  /**
   * A request belongs to the modern era if its {@code _meta} has a reserved key, or its version
   * header names a modern revision, or its method exists only there.
   *
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/versioning#backward-compatibility-with-initialization-based-versions">"A
   *     request carrying modern per-request _meta is served statelessly according to this
   *     revision"</a>
   */
  @Override
  public Era eraOf(JsonRpcMessage.Request request, @Nullable String versionHeader) {
    if (Era.isModern(versionHeader) || RequestMeta.isModern(request.params().get("_meta"))) {
      return Era.MODERN;
    }
    MethodInfo method = MethodTable.ofProtocol(request.method());
    return method != null && !method.legacy() ? Era.MODERN : Era.LEGACY;
  }

  @Override
  public Admission admit(Era era, JsonRpcMessage.Request request, Exchange exchange) {
    ProtocolEra wire = era == Era.MODERN ? modern : legacy;
    MethodInfo method = methods.find(request.method(), era == Era.MODERN);
    RequestMeta meta = null;
    McpException refusal = null;
    try {
      meta = wire.readMeta(request, exchange);
      if (method == null) {
        refusal =
            new McpException(ErrorCode.METHOD_NOT_FOUND, "Method not found: " + request.method());
      }
    } catch (McpException e) {
      refusal = e;
    }
    return new ServedRequest(server, wire, request, method, meta, exchange, refusal);
  }

  @Override
  public Optional<JsonNode> serve(JsonRpcPayload.Batch batch, Exchange exchange) {
    if (batch.hasOnlyResponses()) { // also if batches are refused
      return Optional.empty();
    }
    if (!exchange.legacyClient().version().hasBatches()) {
      String version = exchange.legacyClient().version().toString();
      String why = "revision " + version + " has no JSON-RPC batches";
      return Optional.of(JsonRpcCodec.toJson(invalid(null, why, exchange)));
    }
    if (batch.elements().size() > MAX_BATCH) {
      String why = "a batch may have at most " + MAX_BATCH + " messages";
      return Optional.of(JsonRpcCodec.toJson(invalid(null, why, exchange)));
    }
    ArrayNode answers = Json.array();
    for (JsonNode element : batch.elements()) {
      try {
        JsonRpcMessage message = JsonRpcCodec.message(element);
        if (message instanceof JsonRpcMessage.Request request) {
          ElementExchange own = new ElementExchange(exchange, request.id());
          try {
            JsonRpcMessage.Response answer = serveElement(request, own);
            if (!own.isCancelledAlone()) {
              answers.add(JsonRpcCodec.toJson(answer));
            }
          } finally {
            own.end();
          }
        } else if (message instanceof JsonRpcMessage.Notification notification) {
          notified(Era.LEGACY, notification, exchange);
        }
      } catch (MalformedMessageException e) {
        refused(e.failure(), exchange);
        if (e.isAnswered()) {
          answers.add(JsonRpcCodec.toJson(e.failure()));
        }
      }
    }
    return answers.isEmpty() ? Optional.empty() : Optional.of(answers);
  }

  private JsonRpcMessage.Response serveElement(JsonRpcMessage.Request request, Exchange exchange) {
    if (request.method().equals("initialize")) {
      // https://modelcontextprotocol.io/specification/2025-03-26/basic/lifecycle#initialization
      // "The initialize request MUST NOT be part of a JSON-RPC batch"
      return invalid(request.id(), "initialize must not be part of a batch", exchange);
    }
    if (eraOf(request, null) == Era.MODERN) {
      return invalid(
          request.id(), "a request with modern _meta must not be part of a batch", exchange);
    }
    return admit(Era.LEGACY, request, exchange).run();
  }

  private JsonRpcMessage.Failure invalid(@Nullable RequestId id, String what, Exchange exchange) {
    JsonRpcMessage.Failure failure = new JsonRpcMessage.Failure(
        id, new JsonRpcError(ErrorCode.INVALID_REQUEST, "Invalid request: " + what));
    refused(failure, exchange);
    return failure;
  }

  private void refused(JsonRpcMessage.Failure failure, Exchange exchange) {
    JsonRpcError error = failure.error();
    refused(Era.LEGACY, new McpException(error.code(), error.message(), error.data()), exchange);
  }

  @Override
  public void notified(Era era, JsonRpcMessage.Notification notification, Exchange exchange) {
    observe(new OtherMessage(server, exchange, era, notification, null));
  }

  @Override
  public void refused(Era era, McpException why, Exchange exchange) {
    observe(new OtherMessage(server, exchange, era, null, why));
  }

  @Override
  public Runnable carry(Runnable work) {
    Runnable carried = work;
    List<Interceptor> interceptors = server.interceptors();
    for (int i = 0; i < interceptors.size(); i++) {
      carried = Objects.requireNonNull(
          interceptors.get(i).carry(carried), "the carry of an interceptor returned null");
    }
    return carried;
  }

  /** Runs the interceptors around a message without an answer. */
  private static void observe(OtherMessage message) {
    try {
      message.intercepted();
    } catch (McpException e) {
      // The refusal has been answered, or must not be
    } catch (
        Throwable e) { // including an Error: there is no answer, and the transport must continue
      InternalErrors.report(message.attributes(), "an interceptor", null, e);
    }
  }

  @Override
  public Registration attach(LegacyConnection connection) {
    ChangeFeed feed = server.feed();
    if (feed == null) {
      return () -> {};
    }
    Registration registration = feed.subscribe(event -> {
      String uri = event.uri().orElse(null);
      boolean wanted = uri != null ? connection.isSubscribed(uri) : server.hasListOf(event);
      if (wanted) {
        connection.push(SubscriptionMethods.notification(event));
      }
    });
    return Objects.requireNonNull(registration, SubscriptionMethods.NO_REGISTRATION);
  }

  @Override
  public boolean logsRequests(boolean byDefault) {
    Boolean chosen = server.requestLog();
    return chosen == null ? byDefault : chosen;
  }

  @Override
  public boolean hasScopes(Caller caller, List<String> scopes) {
    return server.scopes().has(caller, scopes);
  }

  @Override
  public boolean asksClients() {
    return server.asksClients();
  }

  @Override
  public boolean lacksStateKeys() {
    return server.asksClients() && server.stateKeys() instanceof ProcessKeys;
  }
}
