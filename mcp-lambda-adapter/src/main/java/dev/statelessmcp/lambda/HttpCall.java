package dev.statelessmcp.lambda;

import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpReply;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.MalformedMessageException;
import dev.statelessmcp.lambda.event.HttpEvent;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.transport.CancellationSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Serves an HTTP event and buffers the answer, because the managed Java runtime sends it after the
 * handler has returned. An event stream is sent as one body.
 */
class HttpCall extends EventCall implements HttpReply {
  private static final byte[] NO_BODY = {};

  private final StreamableHttp endpoint;
  private final HttpEvent event;
  private final CancellationSource expiry = new CancellationSource();
  private volatile @Nullable JsonRpcError refusal;

  // Guarded by this
  private int status;
  private HttpHeaders headers = HttpHeaders.NONE;
  private byte[] body = NO_BODY;

  HttpCall(StreamableHttp endpoint, HttpEvent event, Invocation invocation, boolean live) {
    super(invocation, event, live);
    this.endpoint = endpoint;
    this.event = event;
  }

  @Override
  public final void run() {
    // On this thread and within the deadline, because it may fetch a key over the network
    Caller caller = invocation().settings().callerOf(event, invocation().log());
    Attributes attributes = invocation().attributes().with(Caller.class, caller);
    try {
      endpoint.handle(event.toRequest(attributes), this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public final String transport() {
    return "lambda";
  }

  @Override
  public final Cancellation expiry() {
    return expiry;
  }

  @Override
  final void expire() {
    expiry.cancel(); // sends the answer, if the request has reached its handler
    fail(504, "Timeout: the request took longer than " + timeLimit());
  }

  @Override
  final void fail() {
    fail(500, "Internal error");
  }

  private void fail(int newStatus, String message) {
    try {
      if (claim()) {
        JsonRpcError error = new JsonRpcError(ErrorCode.INTERNAL_ERROR, message);
        byte[] failure = JsonRpcCodec.write(new JsonRpcMessage.Failure(null, error));
        write(newStatus, McpFunction.JSON, failure);
      }
    } catch (IOException e) {
      // The client has gone
    }
  }

  @Override
  public final void refused(JsonRpcError why) {
    refusal = why;
  }

  @Override
  final @Nullable JsonRpcError refusal() {
    return refusal;
  }

  @Override
  public final void send(int newStatus, HttpHeaders newHeaders, byte[] newBody) throws IOException {
    if (claim()) {
      write(newStatus, newHeaders, newBody);
    }
  }

  @Override
  public final Stream stream(int newStatus, HttpHeaders newHeaders) throws IOException {
    if (!claim()) {
      throw new IOException("the request has been answered");
    }
    return open(newStatus, newHeaders);
  }

  /** Sends the whole answer. */
  void write(int newStatus, HttpHeaders newHeaders, byte[] newBody) throws IOException {
    synchronized (this) {
      status = newStatus;
      headers = newHeaders;
      body = newBody;
    }
  }

  /** Begins an answer in pieces. */
  Stream open(int newStatus, HttpHeaders newHeaders) throws IOException {
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    return new Stream() {
      @Override
      public void write(byte[] bytes) {
        pieces.writeBytes(bytes);
      }

      @Override
      public void close() throws IOException {
        HttpCall.this.write(newStatus, newHeaders, pieces.toByteArray());
      }
    };
  }

  /** 0 before there is an answer. */
  @Override
  int status() {
    synchronized (this) {
      return status;
    }
  }

  @Override
  synchronized long size() {
    if (body.length < event.source().maxResponseBytes() / 8) { // an escape has at most six bytes
      return 0;
    }
    return Json.write(event.answer(status, headers, NO_BODY)).length + Answer.escapedLength(body);
  }

  @Override
  synchronized Answer answer() {
    if (status == 0) { // a stream has begun, but did not end in time
      JsonRpcError error = new JsonRpcError(ErrorCode.INTERNAL_ERROR, "Internal error");
      return new Answer(event.answer(500, McpFunction.JSON, failures(error)));
    }
    return new Answer(event.answer(status, headers, body));
  }

  @Override
  synchronized Answer answer(JsonRpcError error) {
    return new Answer(event.answer(200, asJson(headers), failures(error)));
  }

  /** The error for each request in the body. */
  private byte[] failures(JsonRpcError error) {
    try {
      JsonRpcCodec codec = new JsonRpcCodec(invocation().settings().limits());
      return Json.write(JsonRpcCodec.failures(codec.read(event.body()), error));
    } catch (MalformedMessageException e) { // it was valid when it was read before
      return JsonRpcCodec.write(new JsonRpcMessage.Failure(null, error));
    }
  }

  /** Keeps the CORS headers, so that a web page can read the error. */
  private static HttpHeaders asJson(HttpHeaders headers) {
    HttpHeaders.Builder all = HttpHeaders.builder().add("Content-Type", "application/json");
    headers.forEach((name, value) -> {
      if (!name.equalsIgnoreCase("Content-Type")) {
        all.add(name, value);
      }
    });
    return all.build();
  }
}
