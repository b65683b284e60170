package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.input.DeclinedException;
import dev.statelessmcp.input.UnansweredException;
import dev.statelessmcp.intercept.Interceptor;
import dev.statelessmcp.intercept.Operation;
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
import dev.statelessmcp.transport.Admission;
import dev.statelessmcp.transport.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The way of a request through the server: era, metadata, method, handler, result. Immutable and
 * safe from any number of threads.
 */
public final class Dispatcher {
  /** More than any client has use for; each element is a whole request. */
  private static final int MAX_BATCH = 100;

  private final ServerDefinition server;
  private final ProtocolEra modern;
  private final ProtocolEra legacy;

  /**
   * The dispatcher of one server.
   *
   * @param server what the server is made of
   */
  public Dispatcher(ServerDefinition server) {
    this.server = server;
    modern = new ModernEra(server, features(server));
    legacy = new LegacyEra(server, features(server));
  }

  /** The methods that both eras have. Those of a feature that is not there do not exist. */
  private static MethodTable features(ServerDefinition server) {
    MethodTable table = new MethodTable();
    if (server.tools() != null) {
      new ToolMethods(server).addTo(table);
    }
    if (server.prompts() != null) {
      new PromptMethods(server).addTo(table);
    }
    if (server.hasResources()) {
      new ResourceMethods(server).addTo(table);
    }
    if (server.completes()) {
      new CompletionMethods(server).addTo(table);
    }
    return table;
  }

  /**
   * Everything that is decided about a request before its handler runs.
   *
   * @param era the era that the request belongs to
   * @param request the request
   * @param exchange what the transport supplies
   * @return whether it may run
   */
  public Admission admit(Era era, JsonRpcMessage.Request request, Exchange exchange) {
    ProtocolEra wire = era == Era.MODERN ? modern : legacy;
    RequestMeta meta;
    try {
      meta = wire.readMeta(request, exchange);
    } catch (McpException e) {
      return refused(request, e.error());
    }
    McpMethod method = wire.methods().find(request.method());
    if (method == null) {
      return refused(
          request,
          new JsonRpcError(ErrorCode.METHOD_NOT_FOUND, "Method not found: " + request.method()));
    }
    boolean longLived = request.method().equals("subscriptions/listen");
    return new Admission.Admitted(
        new Run(server, wire, method, request, meta, exchange), longLived);
  }

  private static Admission refused(JsonRpcMessage.Request request, JsonRpcError error) {
    return new Admission.Refused(new JsonRpcMessage.Failure(request.id(), error));
  }

  /**
   * Serves a batch of the revisions that have batches.
   *
   * @param batch the batch
   * @param exchange what the transport supplies
   * @return an array with the answers in order, a failure if the batch is refused as a whole, or
   *     nothing
   */
  public Optional<JsonNode> serve(JsonRpcPayload.Batch batch, Exchange exchange) {
    if (!exchange.legacyClient().version().hasBatches()) {
      String version = exchange.legacyClient().version().toString();
      return Optional.of(invalid("revision " + version + " has no JSON-RPC batches"));
    }
    if (batch.elements().size() > MAX_BATCH) {
      return Optional.of(invalid("a batch may have at most " + MAX_BATCH + " messages"));
    }
    ArrayNode answers = Json.array();
    for (JsonNode element : batch.elements()) {
      try {
        if (JsonRpcCodec.message(element) instanceof JsonRpcMessage.Request request) {
          Exchange own = exchange.element(request);
          JsonRpcMessage.Response answer = serveElement(request, own);
          if (!own.isAbandoned()) {
            answers.add(JsonRpcCodec.toJson(answer));
          }
        }
      } catch (MalformedMessageException e) {
        if (!e.isNotification()) {
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
      return invalid(request.id(), "initialize must not be part of a batch");
    }
    if (Era.of(request, null) == Era.MODERN) {
      return invalid(request.id(), "a request with modern _meta must not be part of a batch");
    }
    Admission admission = admit(Era.LEGACY, request, exchange);
    return admission instanceof Admission.Admitted admitted
        ? admitted.call().get()
        : ((Admission.Refused) admission).failure();
  }

  private static JsonNode invalid(String what) {
    return JsonRpcCodec.toJson(invalid(null, what));
  }

  private static JsonRpcMessage.Failure invalid(RequestId id, String what) {
    return new JsonRpcMessage.Failure(
        id, new JsonRpcError(ErrorCode.INVALID_REQUEST, "Invalid request: " + what));
  }

  /** Runs one admitted request. */
  private record Run(
      ServerDefinition server,
      ProtocolEra era,
      McpMethod method,
      JsonRpcMessage.Request request,
      RequestMeta meta,
      Exchange exchange)
      implements Supplier<JsonRpcMessage.Response> {

    /** Nobody reads this: "Not send a response for the cancelled request". */
    private static final JsonRpcError CANCELLED =
        new JsonRpcError(ErrorCode.INTERNAL_ERROR, "Cancelled");

    @Override
    public JsonRpcMessage.Response get() {
      Cancellation cancellation = exchange.cancellation();
      if (cancellation.isCancelled()) { // as the rest of a batch is, once its time is up
        return new JsonRpcMessage.Failure(request.id(), CANCELLED);
      }
      Interruption interruption = new Interruption(Thread.currentThread());
      Cancellation.Registration registration = cancellation.onCancel(interruption);
      try {
        ServerCall call = new ServerCall(request, meta, exchange, cancellation, era);
        ObjectNode result = intercepted(call);
        return new JsonRpcMessage.Result(request.id(), result);
      } catch (Throwable e) {
        return new JsonRpcMessage.Failure(request.id(), error(e, cancellation));
      } finally {
        registration.close();
        interruption.end();
      }
    }

    private ObjectNode intercepted(ServerCall call) throws Exception {
      List<Interceptor> interceptors = interceptors();
      if (interceptors.isEmpty()) {
        return served(call);
      }
      Operation operation = new Operation(
          request.method(),
          call.target(),
          exchange.caller(),
          meta,
          exchange.headers(),
          call.trace(),
          exchange.attributes(),
          System.nanoTime());
      int begun = 0;
      ObjectNode result;
      try {
        for (Interceptor interceptor : interceptors) {
          interceptor.before(operation);
          begun++;
        }
        result = served(call);
      } catch (Throwable e) {
        for (int i = begun - 1; i >= 0; i--) {
          observe(interceptors.get(i), operation, null, e);
        }
        throw e;
      }
      for (int i = begun - 1; i >= 0; i--) {
        observe(interceptors.get(i), operation, result, null);
      }
      return result;
    }

    /** The transport's own, if it has one, looks at what the server's do too. */
    private List<Interceptor> interceptors() {
      Interceptor own = exchange.attributes().get(Interceptor.class).orElse(null);
      if (own == null) {
        return server.interceptors();
      }
      List<Interceptor> all = new ArrayList<>(server.interceptors().size() + 1);
      all.add(own);
      all.addAll(server.interceptors());
      return all;
    }

    /** Who looks on must not change what comes of an operation. */
    private void observe(
        Interceptor interceptor, Operation operation, ObjectNode result, Throwable error) {
      try {
        if (error == null) {
          interceptor.after(operation, result);
        } else {
          interceptor.failed(operation, error);
        }
      } catch (RuntimeException e) {
        InternalErrors.report(exchange.attributes(), "an interceptor", null, e);
      }
    }

    /** The result as it goes to the wire. */
    private ObjectNode served(ServerCall call) throws Exception {
      ObjectNode result;
      try {
        result = method.serve(call);
      } catch (InputRequired required) {
        result = era.inputRequired(required, call);
      }
      ObjectNode sealed = era.seal(call, result);
      Json.requireWritable(sealed);
      return sealed;
    }

    /** Where every exception becomes an error. */
    private JsonRpcError error(Throwable e, Cancellation cancellation) {
      if (e instanceof McpException known) {
        return sayable(known);
      }
      if (e instanceof UnansweredException || e instanceof DeclinedException) {
        return new JsonRpcError(ErrorCode.INTERNAL_ERROR, e.getMessage());
      }
      if (e instanceof VirtualMachineError fatal && !(e instanceof StackOverflowError)) {
        throw fatal; // the process is in no state to answer
      }
      if (cancellation.isCancelled()) {
        return CANCELLED;
      }
      return InternalErrors.report(exchange.attributes(), request.method(), named(), e);
    }

    /** The tool or prompt; any other name would be whatever the client likes to have in a log. */
    private String named() {
      return request.method().equals("tools/call") || request.method().equals("prompts/get")
          ? request.params().path("name").textValue()
          : null;
    }

    private JsonRpcError sayable(McpException known) {
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
  }

  /** Interrupts the thread of a handler, and never a thread that has gone on to something else. */
  private static final class Interruption implements Runnable {
    private Thread thread;
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

    /** On the thread itself, which takes no interrupt with it that was meant for the call. */
    synchronized void end() {
      thread = null;
      if (interrupted) {
        Thread.interrupted();
      }
    }
  }
}
