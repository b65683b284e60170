package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.transport.CancellationSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A request that has been sent and may not have been answered yet. Answers questions of the server
 * with the answers of its client. Thread-safe.
 */
public final class TestCall {
  private static final int MAX_ROUNDS = 100;

  /** How a request is sent and its answer is checked. */
  enum Mode {
    /** A request of the kit: with metadata. */
    PLAIN,
    /** A request for a handler: with metadata and a progress token. */
    HANDLER,
    /** A custom request: with metadata, not checked against the rules. */
    REQUEST,
    /** A custom request, sent without changes. */
    RAW
  }

  final String method;
  final ObjectNode params;
  final RequestSettings settings;
  final Mode mode;

  private final Conversation conversation;
  private final Script script;

  // Guarded by this
  private final List<ObjectNode> notifications = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private double progress = Double.NEGATIVE_INFINITY;
  private @Nullable JsonNode id; // of the last round; null before the first
  private @Nullable JsonNode capabilities; // that the last round declares; null in the legacy era
  private @Nullable CancellationSource disconnection; // of the last round
  private @Nullable ObjectNode answer; // null before it comes
  private int running;
  private boolean sent;
  private boolean cancelled;
  private boolean retried;
  private int status = -1;
  private Map<String, String> headers = Map.of();
  private String content = "";

  TestCall(
      Conversation conversation,
      String method,
      ObjectNode params,
      RequestSettings settings,
      Mode mode) {
    this.conversation = conversation;
    this.method = method;
    this.params = params;
    this.settings = settings;
    this.mode = mode;
    this.script = new Script(conversation, settings);
  }

  Script script() {
    return script;
  }

  synchronized void declaring(@Nullable JsonNode clientCapabilities) {
    capabilities = clientCapabilities;
  }

  /**
   * Whether the request declares an extension; true in the legacy era, which does not have them.
   */
  synchronized boolean declares(String extension) {
    return capabilities == null || capabilities.path("extensions").has(extension);
  }

  /** The tool that is called; null if it is another request. */
  private @Nullable String tool() {
    return method.equals("tools/call") ? params.path("name").asText() : null;
  }

  /** Begins a round with this request id. */
  synchronized CancellationSource begins(JsonNode newId) {
    id = newId;
    ids.add(Json.text(newId));
    running++;
    disconnection = new CancellationSource();
    return disconnection;
  }

  synchronized boolean hasToken(JsonNode token) {
    return ids.contains(Json.text(token)) || token.equals(settings.meta().get("progressToken"));
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }

  synchronized void wake() {
    notifyAll();
  }

  /** The receiver for the transport. */
  TestTransport.Receiver receiver() {
    return new TestTransport.Receiver() {
      @Override
      public void sent() {
        wasSent();
      }

      @Override
      public void begun(int newStatus, Map<String, String> newHeaders) {
        hasBegun(newStatus, newHeaders);
      }

      @Override
      public void content(String text) {
        conversation.transcript.note(text);
        hasContent(text);
      }

      @Override
      public void received(JsonNode message) {
        conversation.inbox().incoming(message, TestCall.this);
      }
    };
  }

  private synchronized void wasSent() {
    sent = true;
    notifyAll();
  }

  private synchronized void hasBegun(int newStatus, Map<String, String> newHeaders) {
    status = newStatus;
    headers = Map.copyOf(newHeaders);
    conversation.transcript.status(newStatus);
  }

  private synchronized void hasContent(String text) {
    content = text;
  }

  /** Called when a round of this call has ended in the transport. */
  synchronized void ends(boolean complete) {
    sent = true;
    running--;
    notifyAll();
    if (complete && running == 0 && answer == null && !cancelled && status != 202) {
      conversation.transcript.note("(the server ended the exchange without an answer)");
    }
  }

  void notified(ObjectNode notification) {
    JsonNode reported = notification.path("params").path("progress");
    boolean isProgress = notification.path("method").asText().equals("notifications/progress");
    String problem = null;
    synchronized (this) {
      if (answer != null) {
        problem = "The server sent a notification after the answer: " + Json.text(notification);
      } else if (isProgress && reported.doubleValue() <= progress) {
        problem = "The server sent progress that does not increase: " + reported;
      }
      if (isProgress) {
        progress = reported.doubleValue();
      }
      notifications.add(notification);
      notifyAll();
    }
    if (problem != null) { // not under the lock
      conversation.faults().add(problem);
    }
  }

  /** Takes the answer of a round; runs a further round on another thread. */
  void answered(ObjectNode message) {
    boolean asks = mode != Mode.RAW
        && conversation.isModern()
        && message.path("result").path("resultType").asText().equals("input_required");
    boolean lacksHeaders;
    synchronized (this) {
      lacksHeaders = !retried && message.path("error").path("code").asInt() == -32020;
      if (!asks && !lacksHeaders) {
        complete(message);
        return;
      }
      retried |= lacksHeaders;
      running++; // until the next round has begun
    }
    Thread thread = new Thread(() -> goOn(message, asks), "mcp-test round");
    thread.setDaemon(true);
    thread.start();
  }

  private synchronized void complete(ObjectNode message) {
    answer = message;
    notifyAll();
  }

  private void goOn(ObjectNode message, boolean asks) {
    try {
      if (asks) {
        nextRound(message, (ObjectNode) message.get("result"));
      } else if (conversation.learnsHeaders(this, message)) {
        conversation.send(this, params.deepCopy());
      } else {
        complete(message);
      }
    } catch (AssertionError e) {
      conversation.faults().add(String.valueOf(e.getMessage()));
    } finally {
      ends(false);
    }
  }

  private void nextRound(ObjectNode message, ObjectNode result) {
    ObjectNode next = params.deepCopy();
    ObjectNode responses = Json.object();
    for (Map.Entry<String, JsonNode> request : result.path("inputRequests").properties()) {
      String question = request.getValue().path("method").asText();
      ObjectNode about =
          request.getValue().path("params") instanceof ObjectNode object ? object : Json.object();
      conversation.inbox().requireCapability(question, about);
      UserAnswer response = script.answerTo(new AskedQuestion(request.getKey(), question, about));
      if (response == null) {
        return; // a fault
      }
      if (response.isNone()) {
        complete(message);
        return;
      }
      responses.set(request.getKey(), response.toJson());
    }
    if (!responses.isEmpty()) {
      next.set("inputResponses", responses);
    }
    if (result.has("requestState")) {
      next.set("requestState", result.get("requestState"));
    }
    if (beginsRound() > MAX_ROUNDS) {
      conversation.faults().add("The server asked again after " + MAX_ROUNDS + " rounds");
    } else {
      conversation.send(this, next);
    }
  }

  /** Returns the number of earlier rounds; each has its own progress token. */
  private synchronized int beginsRound() {
    progress = Double.NEGATIVE_INFINITY;
    return ids.size();
  }

  void awaitSent() {
    await(() -> sent, "the request was not sent");
  }

  /** Waits under the lock of this call. */
  private synchronized void await(BooleanSupplier condition, String otherwise) {
    long end = System.nanoTime() + conversation.settings.limit().toNanos();
    while (!condition.getAsBoolean()) {
      conversation.faults().throwFault();
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw conversation.faults().failure(otherwise + " within " + conversation.settings.limit());
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw conversation.faults().failure("interrupted while waiting");
      }
    }
    conversation.faults().throwFault();
  }

  /** Waits for a number of notifications; returns the last one. */
  synchronized ObjectNode awaitNotification(int count) {
    await(
        () -> notifications.size() >= count || isOver(),
        "notification number " + count + " did not come");
    if (notifications.size() < count) {
      throw conversation.faults().failure("notification number " + count + " did not come");
    }
    return notifications.get(count - 1);
  }

  private boolean isOver() {
    return answer != null || (running == 0 && conversation.transport().isHttp());
  }

  /**
   * Waits until the handler has reported progress with this message.
   *
   * @param message the message; not null
   * @return this call
   * @throws AssertionError if the call ends without it, or the time limit passes
   */
  public TestCall awaitProgress(String message) {
    await(() -> hasProgress(message) || isOver(), "no progress \"" + message + "\" came");
    if (!hasProgress(message)) {
      throw conversation.faults().failure("no progress \"" + message + "\" came");
    }
    return this;
  }

  private synchronized boolean hasProgress(String message) {
    return notifications.stream()
        .filter(each -> each.path("method").asText().equals("notifications/progress"))
        .anyMatch(each -> message.equals(each.path("params").path("message").textValue()));
  }

  /**
   * Cancels the request as a client of its revision does: with a notification, or over HTTP in the
   * modern era by disconnecting. Waits until the transport has ended the request; in memory, until
   * the handler has ended.
   *
   * @throws AssertionError if it does not end within the time limit
   */
  public void cancel() {
    stop();
    await(() -> running == 0, "the server still serves the cancelled request");
    conversation.inbox().forget(this);
  }

  /** Cancels the request without waiting. */
  void stop() {
    @Nullable JsonNode last;
    @Nullable CancellationSource source;
    synchronized (this) {
      cancelled = true;
      last = id;
      source = disconnection;
    }
    if (last == null || source == null) {
      throw new IllegalStateException("the request has not been sent");
    }
    if (conversation.transport().isHttp() && conversation.isModern()) {
      source.cancel();
    } else {
      conversation.cancel(last, settings);
    }
  }

  /**
   * Waits for the answer.
   *
   * @return the answer; never null
   * @throws AssertionError if none comes within the time limit, if a message breaks the protocol,
   *     or if the client has no answer to a question of the server; the message has the transcript
   */
  public TestAnswer answer() {
    String tool = tool();
    await(
        () -> answer != null || isOver(),
        method + (tool == null ? "" : " " + tool) + " was not answered");
    TestAnswer found = found();
    if (mode == Mode.HANDLER && tool != null && found.hasResult()) {
      conversation.checkOutput(tool, settings, found.result());
    }
    return found;
  }

  private TestAnswer found() {
    synchronized (this) {
      if (answer == null && cancelled) {
        throw conversation.faults().failure(method + " was cancelled and has no answer");
      }
      return new TestAnswer(
          conversation,
          settings,
          tool(),
          answer,
          List.copyOf(notifications),
          script.asked(),
          status,
          headers,
          content);
    }
  }

  /**
   * Whether an answer has come.
   *
   * @return true if it has
   */
  public synchronized boolean isAnswered() {
    return answer != null;
  }
}
