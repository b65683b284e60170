package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.catalog.Catalog;
import dev.statelessmcp.catalog.Item;
import dev.statelessmcp.extension.ExtensionMethod;
import dev.statelessmcp.input.DeclinedException;
import dev.statelessmcp.input.UnansweredException;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.subscription.Registration;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.transport.Admission;
import dev.statelessmcp.transport.Exchange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request that is being served: the result of its admission, the interceptors, its handler, and
 * its answer. Used by one thread, except for the methods of {@link Exchange}.
 */
final class ServedRequest extends ServedMessage implements Admission {
  /** Never sent: "Not send a response for the cancelled request". */
  private static final JsonRpcError CANCELLED =
      new JsonRpcError(ErrorCode.INTERNAL_ERROR, "Cancelled");

  private final JsonRpcMessage.Request request;
  private final ProtocolEra wire;
  private final @Nullable MethodInfo info; // null if the method does not exist
  private final @Nullable RequestMeta meta; // null if it could not be read
  private @Nullable McpException refusal; // null if the request may run
  private final Cancellation cancellation;
  private @Nullable Tool tool;
  private boolean knowsTool; // true if it has been looked up
  private @Nullable ObjectNode sealed; // the last wire form

  ServedRequest(
      ServerDefinition server,
      ProtocolEra wire,
      JsonRpcMessage.Request request,
      @Nullable MethodInfo info,
      @Nullable RequestMeta meta,
      Exchange exchange,
      @Nullable McpException refusal) {
    super(server, exchange);
    this.wire = wire;
    this.request = request;
    this.info = info;
    this.meta = meta;
    this.refusal = refusal;
    this.cancellation = exchange.cancellation();
  }

  JsonRpcMessage.Request request() {
    return request;
  }

  @Override
  public ObjectNode params() {
    return request.params();
  }

  ProtocolEra wire() {
    return wire;
  }

  /** Null if the method does not exist. */
  @Nullable
  MethodInfo info() {
    return info;
  }

  /** The metadata; only for a request that was not refused because of it. */
  RequestMeta meta() {
    if (meta == null) {
      throw new IllegalStateException("the request is refused: its metadata could not be read");
    }
    return meta;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  /** The tool, prompt or resource that the request names; null if there is none. */
  @Nullable
  String target() {
    return info == null || info.nameMember() == null
        ? null
        : params().path(info.nameMember()).textValue();
  }

  /**
   * The tool that the request calls, looked up once.
   *
   * @return null if it does not exist for the caller
   * @throws Exception if the catalogue fails
   */
  @Nullable
  Tool tool() throws Exception {
    if (!knowsTool) {
      Catalog<Tool> tools = server.tools();
      String name = params().path("name").textValue();
      if (tools != null && name != null) {
        Tool found = tools.find(name, exchange.caller()).orElse(null);
        tool = found == null ? null : server.configured(found);
      }
      knowsTool = true;
    }
    return tool;
  }

  @Override
  public boolean isRefused() {
    return refusal != null;
  }

  @Override
  public boolean isLongLived() {
    return info != null && info.isLongLived();
  }

  @Override
  public Optional<String> nameMember() {
    // Also for an unknown method, because the header must not contradict the body
    MethodInfo known = info != null ? info : MethodTable.ofProtocol(request.method());
    return Optional.ofNullable(known == null || !known.modern() ? null : known.nameMember());
  }

  @Override
  public Map<String, List<String>> mirroredParameters() {
    if (refusal != null || !request.method().equals("tools/call")) {
      return Map.of();
    }
    try {
      Tool called = tool();
      return called == null ? Map.of() : called.mirrored();
    } catch (Throwable e) {
      // A tool that cannot be looked up cannot be compared with the headers, so it must not run
      JsonRpcError error = failure(e);
      refusal = new McpException(error.code(), error.message(), error.data());
      return Map.of();
    }
  }

  @Override
  public JsonRpcMessage.Response refuse(McpException why) {
    refusal = why;
    return run();
  }

  @Override
  public JsonRpcMessage.Response run() {
    if (cancellation.isCancelled()) { // such as the rest of a batch after the deadline
      return new JsonRpcMessage.Failure(request.id(), CANCELLED);
    }
    Interruption interruption = new Interruption(Thread.currentThread());
    Registration registration = cancellation.onCancel(interruption);
    try {
      ObjectNode result = intercepted();
      if (result == null) {
        throw new IllegalStateException("an interceptor returned null");
      }
      // The copy: one that an interceptor made may serve other requests too, also of the other era
      ObjectNode answer = isSealed(result) ? result : seal(result.deepCopy());
      if (!server.interceptors().isEmpty()) {
        addTag(answer); // an interceptor may have changed the items
      }
      return new JsonRpcMessage.Result(request.id(), answer);
    } catch (Throwable e) {
      return new JsonRpcMessage.Failure(request.id(), error(e));
    } finally {
      registration.close();
      interruption.end();
    }
  }

  /** {@inheritDoc} Runs the handler, and converts its result to the wire form. */
  @Override
  ObjectNode proceed() throws Exception {
    List<String> everywhere = exchange.requiredScopes();
    if (!everywhere.isEmpty() && !server.scopes().has(exchange.caller(), everywhere)) {
      throw ScopeRules.insufficient(requiredScopes(), exchange);
    }
    if (refusal != null) {
      throw refusal;
    }
    ObjectNode result;
    try {
      result = MethodTable.serve(this);
    } catch (InputRequired required) {
      result = wire.inputRequired(required, this);
    }
    return seal(result);
  }

  /** Whether a result is the last wire form, and not one that an interceptor created. */
  @SuppressWarnings("ReferenceEquality") // an equal one may lack members that the era adds
  private boolean isSealed(ObjectNode result) {
    return result == sealed;
  }

  /**
   * Whether a result of this request has been sealed, of which an interceptor may return a copy.
   */
  boolean hasSealed() {
    return sealed != null;
  }

  /** The scopes of the item of the request, for a caller who lacks other scopes. */
  private List<String> requiredScopes() throws Exception {
    if (refusal != null) {
      return List.of();
    }
    String target = target();
    switch (request.method()) {
      case "tools/call" -> {
        return scopes(tool());
      }
      case "prompts/get" -> {
        return scopes(target == null ? null : PromptMethods.find(this, target));
      }
      case "resources/read", "resources/subscribe" -> {
        String uri = params().path("uri").textValue();
        return uri == null
            ? List.of()
            : ResourceMethods.requiredScopes(server, uri, exchange.caller());
      }
      case "completion/complete" -> {
        return scopes(CompletionMethods.find(this, params().path("ref")));
      }
      case "subscriptions/listen" -> {
        return SubscriptionMethods.requiredScopes(this);
      }
      default -> {
        return List.of();
      }
    }
  }

  private static List<String> scopes(@Nullable Item<?> item) {
    return item == null ? List.of() : item.requiredScopes();
  }

  /** Checks that the caller may use the item of the request. */
  void require(Item<?> item) {
    server.scopes().require(item, exchange);
  }

  private ObjectNode seal(ObjectNode result) throws Exception {
    sealed = wire.seal(this, result);
    Json.requireWritable(sealed);
    addTag(sealed);
    return sealed;
  }

  private void addTag(ObjectNode answer) {
    if (server.tagsLists() && info != null) {
      ListTag.addTo(answer, info);
    }
  }

  /** Converts every exception to an error. */
  private JsonRpcError error(Throwable e) {
    if (e instanceof McpException known) {
      if (known.httpStatus() != 0) {
        exchange.answerWith(known.httpStatus(), known.httpHeaders());
      }
      return checked(known);
    }
    if (e instanceof UnansweredException || e instanceof DeclinedException) {
      return new JsonRpcError(ErrorCode.INTERNAL_ERROR, String.valueOf(e.getMessage()));
    }
    // An exhausted heap or stack is logged even if the client does not wait
    return cancellation.isCancelled() && !(e instanceof VirtualMachineError)
        ? CANCELLED
        : failure(e);
  }

  private JsonRpcError failure(Throwable e) {
    String shown = hasSecretName() ? null : target();
    return InternalErrors.report(exchange.attributes(), request.method(), shown, e);
  }

  /** Checks that the data of an error can be written; otherwise it is an internal error. */
  private JsonRpcError checked(McpException known) {
    JsonRpcError error = known.error();
    if (error.data() == null) {
      return error;
    }
    try {
      Json.requireWritable(error.data());
      return error;
    } catch (IllegalArgumentException e) {
      return InternalErrors.report(exchange.attributes(), request.method(), null, e);
    }
  }

  // Called by interceptors

  @Override
  public boolean hasSecretName() {
    ExtensionMethod added = info == null ? null : info.handler();
    return added != null && added.hasSecretName();
  }

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public Optional<String> name() {
    return Optional.ofNullable(target());
  }

  @Override
  public Optional<RequestId> requestId() {
    return Optional.ofNullable(request.id());
  }

  @Override
  public boolean isCancelled() {
    return cancellation != null && cancellation.isCancelled();
  }

  @Override
  public boolean isLimited() {
    return refusal == null && info != null && info.limited();
  }

  @Override
  public Era era() {
    return wire.era();
  }

  @Override
  public Optional<RequestMeta> requestMeta() {
    return Optional.ofNullable(meta);
  }

  @Override
  ObjectNode metaJson() {
    return params().get("_meta") instanceof ObjectNode object ? object : Json.object();
  }

  /** Interrupts the thread of a handler, but not after the handler has ended. */
  private static final class Interruption implements Runnable {
    private @Nullable Thread thread;
    private boolean interrupted;

    Interruption(Thread thread) {
      this.thread = thread;
    }

    @Override
    public synchronized void run() {
      if (thread != null) {
        interrupted = true;
        thread.interrupt();
      }
    }

    /** Called on the thread itself, which must not keep the interrupt of the call. */
    synchronized void end() {
      thread = null;
      if (interrupted) {
        Thread.interrupted();
      }
    }
  }
}
