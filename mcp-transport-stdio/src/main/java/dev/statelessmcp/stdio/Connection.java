package dev.statelessmcp.stdio;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.JsonRpcPayload;
import dev.statelessmcp.jsonrpc.MalformedMessageException;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.jsonrpc.ResponseScan;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.transport.Admission;
import dev.statelessmcp.transport.CancellationSource;
import dev.statelessmcp.transport.FailureLog;
import dev.statelessmcp.transport.LegacyConnection;
import dev.statelessmcp.transport.ServerPort;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The connection over one pair of streams. */
final class Connection extends LegacyConnection {
  /** How long handlers may take to end after they were interrupted. */
  private static final Duration AFTER_INTERRUPT = Duration.ofMillis(500);

  private static final int MAX_OPEN_SUBSCRIPTIONS = 64;

  /** Calls that take less time than this are served faster on the thread that reads them. */
  private static final long SLOW_NANOS = 100_000;

  /** The number of calls before the code is compiled, which are slower. */
  private static final int WARM_UP_CALLS = 1000;

  private static final long WARM_UP_SLOW_NANOS = 1_000_000;

  /** The maximum number of remembered kinds of calls, whose names come from the client. */
  private static final int MAX_SLOW_KINDS = 1000;

  private final StdioSettings settings;
  private final ServerPort server;
  private final JsonRpcCodec codec;
  private final LineWriter out;
  private final ExecutorService threads;
  private final CallQueue calls;
  private final Semaphore subscriptions = new Semaphore(MAX_OPEN_SUBSCRIPTIONS);
  private final Semaphore questions;
  private final Set<String> slow = ConcurrentHashMap.newKeySet();
  private final CountDownLatch finished = new CountDownLatch(1);
  private final CancellationSource ending = new CancellationSource();
  private @Nullable LineServer lines; // set before the first message is received

  private volatile boolean ended;
  private volatile boolean stopping;

  Connection(StdioSettings settings, OutputStream out) {
    this(settings, out, CallThreads.newExecutor());
  }

  /** For tests of what happens when no thread can be created. */
  Connection(StdioSettings settings, OutputStream out, ExecutorService threads) {
    super(settings.questionTimeout(), "questionTimeout");
    this.settings = settings;
    this.threads = threads;
    this.server = settings.server().port();
    this.codec = new JsonRpcCodec(settings.limits());
    this.calls = new CallQueue(settings.maxConcurrentCalls(), settings.limits().maxBytes());
    this.questions = new Semaphore(settings.maxConcurrentCalls());
    this.out = new LineWriter(out, this);
  }

  /** Reads a stream until it ends, on separate threads. */
  void start(InputStream in) {
    LineServer server = new LineServer(new LineReader(in, settings.limits().maxBytes()), out, this);
    lines = server;
    server.start();
  }

  private LineServer lines() {
    if (lines == null) {
      throw new IllegalStateException("the connection has not been started");
    }
    return lines;
  }

  ServerPort server() {
    return server;
  }

  CallQueue calls() {
    return calls;
  }

  Cancellation ending() {
    return ending;
  }

  @Override
  public void push(JsonRpcMessage.Notification notification) {
    writeNow(notification);
  }

  void startChanges() {
    startChanges(server);
  }

  JsonRpcMessage.Response ask(
      String method, ObjectNode params, Cancellation call, Consumer<JsonRpcMessage> out)
      throws InterruptedException {
    if (!questions.tryAcquire()) {
      return failure(
          null,
          ErrorCode.INTERNAL_ERROR,
          "Too many questions are unanswered; the setting is maxConcurrentCalls");
    }
    try {
      lines().willWait();
      return request(method, params, call, out);
    } finally {
      questions.release();
    }
  }

  /**
   * Serves one line, on the reading thread; returns whether this is still the reading thread.
   *
   * @param tooLong the scan of a line of which only the beginning was read; otherwise null
   */
  boolean receive(byte[] line, @Nullable ResponseScan tooLong, LineServer lineServer) {
    if (ended) {
      return true;
    }
    try {
      JsonRpcPayload payload = codec.read(line);
      if (payload instanceof JsonRpcMessage.Request request) {
        return start(request, line.length, lineServer);
      }
      receive(payload);
      if (payload instanceof JsonRpcPayload.Batch batch) {
        start(batch, line.length, lineServer);
      } else if (payload instanceof JsonRpcMessage.Notification notification) {
        Era era =
            RequestMeta.isModern(notification.params().get("_meta")) ? Era.MODERN : Era.LEGACY;
        server.notified(era, notification, new StdioExchange(this));
      }
    } catch (VirtualMachineError e) { // one message has exhausted the heap: others are served
      failed(e);
    } catch (MalformedMessageException e) {
      if (receive(tooLong == null ? e : tooLong.unreadable(e.failure().error().message()))) {
        int maxBytes = settings.limits().maxBytes();
        refused(
            line.length <= maxBytes
                ? e.failure()
                : failure(
                    null,
                    ErrorCode.INVALID_REQUEST,
                    "Invalid request: the message is longer than " + maxBytes + " bytes"));
      } else if (e.isNotification()) {
        observe(e.failure());
      }
    }
    clearInterrupt();
    return true;
  }

  /** An interrupt that an interceptor left would close a channel that is read, or written to. */
  private static void clearInterrupt() {
    Thread.interrupted();
  }

  private void failed(VirtualMachineError e) {
    FailureLog.log(Attributes.NONE, "A message could not be read", e);
    write(JsonRpcCodec.write(failure(null, ErrorCode.INTERNAL_ERROR, "Internal error")));
  }

  private void refused(JsonRpcMessage.Failure failure) {
    observe(failure);
    clearInterrupt();
    write(JsonRpcCodec.write(failure));
  }

  private void observe(JsonRpcMessage.Failure failure) {
    JsonRpcError error = failure.error();
    server.refused(
        Era.LEGACY,
        new McpException(error.code(), error.message(), error.data()),
        new StdioExchange(this));
  }

  private boolean start(JsonRpcMessage.Request request, int bytes, LineServer lineServer) {
    StdioExchange exchange = new StdioExchange(this);
    Admission admission = server.admit(server.eraOf(request, null), request, exchange);
    if (admission.isRefused()
        || request.method().equals("initialize")
        || request.method().equals("ping")) {
      // Takes little time, and the messages after initialize depend on it
      byte[] answer = JsonRpcCodec.write(admission.run());
      clearInterrupt();
      write(answer);
      return true;
    }
    StdioCall call = new StdioCall(this, exchange, request, admission, bytes);
    if (admission.isLongLived()) {
      listen(call, admission, exchange, request.id());
      return true;
    }
    // Before the next line is read, because that may cancel it
    begin(exchange.cancellation(), request.id());
    exchange.takePlace(call);
    if (!calls.tryBegin(call) && !lineServer.await(call, calls)) {
      return true;
    }
    if (!slow.isEmpty() && slow.contains(call.kind())) {
      execute(call);
      return true;
    }
    return lineServer.serve(call);
  }

  /** Serves a subscription, which lasts until the client or the server ends it. */
  private void listen(StdioCall call, Admission admission, StdioExchange exchange, RequestId id) {
    if (!subscriptions.tryAcquire()) {
      refuse(
          admission, "Too many subscriptions are open; the maximum is " + MAX_OPEN_SUBSCRIPTIONS);
      return;
    }
    begin(exchange.cancellation(), id);
    calls.begin(call);
    try {
      threads.execute(() -> listen(call));
    } catch (OutOfMemoryError e) { // no thread can be created, and this one has to read
      subscriptions.release();
      exchange.close();
      StdioCall next = calls.end(call, false);
      refuse(admission, "No thread can be created for a subscription");
      if (next != null) {
        execute(next);
      }
    }
  }

  private void listen(StdioCall call) {
    StdioCall next;
    try {
      next = call.serve();
    } finally {
      subscriptions.release();
    }
    if (next != null) {
      next.run();
    }
  }

  private void refuse(Admission admission, String why) {
    byte[] answer =
        JsonRpcCodec.write(admission.refuse(new McpException(ErrorCode.INTERNAL_ERROR, why)));
    clearInterrupt();
    write(answer);
  }

  /** Serves a batch on another thread, because it takes as long as all its requests. */
  private void start(JsonRpcPayload.Batch batch, int bytes, LineServer lineServer) {
    if (batch.hasOnlyResponses()) {
      return;
    }
    StdioExchange exchange = new StdioExchange(this);
    StdioCall call = new StdioCall(this, exchange, batch, bytes);
    begin(exchange.cancellation(), null);
    exchange.takePlace(call);
    if (calls.tryBegin(call) || lineServer.await(call, calls)) {
      execute(call);
    }
  }

  /**
   * Serves a call that has a place, on a separate thread, or on this one if none can be created.
   */
  void execute(StdioCall call) {
    try {
      threads.execute(call);
    } catch (OutOfMemoryError e) { // its place must not be lost
      call.run();
    }
  }

  void leavePlace(StdioCall call) {
    calls.leave(call);
    executeWaiting();
  }

  void executeWaiting() {
    for (StdioCall next = calls.next(); next != null; next = calls.next()) {
      execute(next);
    }
  }

  /**
   * Remembers which kinds of calls are slow, so that the next call of the kind gets a thread
   * immediately. The first call is ignored, because it loads the classes of the server.
   */
  void took(String kind, long nanos) {
    long served = lines().served();
    if (nanos >= (served > WARM_UP_CALLS ? SLOW_NANOS : WARM_UP_SLOW_NANOS)) {
      if (served > 1 && slow.size() < MAX_SLOW_KINDS) {
        slow.add(kind);
      }
    } else if (!slow.isEmpty() && nanos < SLOW_NANOS / 2) {
      slow.remove(kind);
    }
  }

  private static JsonRpcMessage.Failure failure(@Nullable RequestId id, int code, String message) {
    return new JsonRpcMessage.Failure(id, new JsonRpcError(code, message));
  }

  void write(byte[] json) {
    out.write(json);
  }

  void writeNow(JsonRpcMessage message) {
    out.writeNow(JsonRpcCodec.write(message));
  }

  /** Called when the client has closed the output. */
  void broke() {
    end();
    cancelCalls();
  }

  /** Called when no more messages are received or can be sent. */
  void end() {
    ended = true;
    lines().end();
  }

  /**
   * Waits until the connection ends or this thread is interrupted, and then for the calls in
   * flight.
   */
  void serve() {
    lines().watch();
    ended = true;
    try {
      finish();
    } finally {
      finished.countDown();
    }
  }

  /** Ends the connection because the process ends, and waits until it has ended. */
  void stop() {
    stopping = true;
    List<StdioCall> left = calls.unfinished();
    if (!left.isEmpty()) {
      log("The process ends; waiting for " + names(left) + " for at most "
          + millis(settings.stopTimeout()) + " ms (stopTimeout)");
    }
    end();
    try {
      // More than finish() needs, unless the client does not read
      finished.await(
          millis(settings.stopTimeout()) + millis(AFTER_INTERRUPT) + 1000, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void finish() {
    ending.cancel();
    endInput();
    boolean interrupted = Thread.interrupted();
    Duration grace = stopping ? settings.stopTimeout() : settings.grace();
    try {
      if (interrupted || !calls.awaitEnd(TimeUnit.NANOSECONDS.convert(grace))) {
        abandon(interrupted ? "the transport was interrupted" : after(grace));
        calls.awaitEnd(AFTER_INTERRUPT.toNanos());
      }
    } catch (InterruptedException e) {
      abandon("the transport was interrupted");
      interrupted = true;
    }
    interrupted |= !sendRest(grace);
    threads.shutdown();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Sends the remaining answers. On a separate thread, because a client that does not read would
   * block this one forever. Returns false if interrupted.
   */
  private boolean sendRest(Duration grace) {
    if (out.isSent()) {
      return true;
    }
    Thread sender = new Thread("mcp-stdio-sender") {
      @Override
      public void run() {
        out.sendRest();
      }
    };
    sender.setDaemon(true);
    sender.start();
    try {
      sender.join(Math.max(1, millis(grace)));
      if (sender.isAlive()) {
        log("The client does not read: the last answers could not be sent");
      }
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** The time in milliseconds, at most a year. */
  private static long millis(Duration time) {
    return Math.min(TimeUnit.MILLISECONDS.convert(time), TimeUnit.DAYS.toMillis(365));
  }

  private String after(Duration grace) {
    return stopping
        ? "the process ends, and stopTimeout is " + millis(grace) + " ms"
        : "the client closed the pipe, and grace is " + millis(grace) + " ms";
  }

  private void abandon(String why) {
    List<StdioCall> left = calls.close();
    if (!left.isEmpty()) {
      log("Aborted " + names(left) + ": " + why);
    }
    cancelCalls();
  }

  private static String names(List<StdioCall> calls) {
    StringBuilder names = new StringBuilder();
    names.append(calls.size()).append(calls.size() == 1 ? " call (" : " calls (");
    for (int i = 0; i < calls.size(); i++) {
      if (i == 10) {
        names.append(", …");
        break;
      }
      names.append(i == 0 ? "" : ", ").append(calls.get(i));
    }
    return names.append(')').toString();
  }

  /**
   * Logs to standard error, because java.util.logging closes its handlers in a shutdown hook that
   * runs concurrently with this project's.
   */
  private void log(String line) {
    if (stopping) {
      System.err.println(line);
    } else {
      System.getLogger("dev.statelessmcp").log(System.Logger.Level.WARNING, line);
    }
  }
}
