package dev.statelessmcp.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.input.UnansweredException;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.JsonRpcPayload;
import dev.statelessmcp.jsonrpc.MalformedMessageException;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.LogLevel;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.subscription.Registration;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection that outlives one request: a pipe, or an HTTP session of the legacy era. Holds the
 * result of {@code initialize}, the calls in flight, and the unanswered requests to the client.
 * Thread-safe.
 *
 * <p>The modern era uses only the cancellation of calls in flight.
 */
public abstract class LegacyConnection {
  /** The maximum number of resources that a client can subscribe to on one connection. */
  public static final int MAX_SUBSCRIPTIONS = 1000;

  /** The maximum number of characters that the URIs of these resources have together. */
  public static final int MAX_SUBSCRIPTION_CHARACTERS = 1 << 18;

  /** How long the server waits for an answer of the client, by default. */
  public static final Duration QUESTION_TIMEOUT = Duration.ofMinutes(30);

  private final ClientRequests requests;
  private final Set<String> subscriptions = ConcurrentHashMap.newKeySet();
  private int subscribedCharacters; // guarded by the subscriptions
  private volatile LogLevel logLevel = LogLevel.INFO;
  private volatile RequestMeta client = RequestMeta.UNKNOWN;

  // Guarded by this
  private final Map<CancellationSource, RequestId> inFlight = new LinkedHashMap<>();
  private @Nullable Registration changes;
  private boolean inputEnded;
  private boolean closed;

  /**
   * Creates a connection that has not been initialized, with the timeout {@link #QUESTION_TIMEOUT}.
   */
  protected LegacyConnection() {
    this(QUESTION_TIMEOUT, null);
  }

  /**
   * Creates a connection that has not been initialized.
   *
   * @param questionTimeout how long to wait for an answer of the client; more than 0
   * @param setting the name of the setting that changes the timeout, for error messages; null if
   *     there is none
   */
  protected LegacyConnection(Duration questionTimeout, @Nullable String setting) {
    requests = new ClientRequests(questionTimeout, setting);
  }

  /**
   * Sends a notification that belongs to no request. It is dropped if the client has disconnected.
   *
   * @param notification the notification; not null
   */
  public abstract void push(JsonRpcMessage.Notification notification);

  /**
   * The metadata of the client.
   *
   * @return {@link RequestMeta#UNKNOWN} before {@code initialize}
   */
  public final RequestMeta client() {
    return client;
  }

  /**
   * Stores the metadata that {@code initialize} has negotiated.
   *
   * @param agreed the metadata; not null
   */
  public final void initialized(RequestMeta agreed) {
    client = agreed;
  }

  /**
   * The lowest level of log messages that the client wants.
   *
   * @return {@link LogLevel#INFO} by default
   */
  public final LogLevel logLevel() {
    return logLevel;
  }

  /**
   * Sets the lowest level of log messages.
   *
   * @param level the level; not null
   */
  public final void setLogLevel(LogLevel level) {
    logLevel = level;
  }

  /**
   * Subscribes to the changes of a resource.
   *
   * @param uri the URI of the resource; not null
   * @return false if the connection would have more than {@value #MAX_SUBSCRIPTIONS} subscriptions,
   *     or more than {@value #MAX_SUBSCRIPTION_CHARACTERS} characters in their URIs
   */
  public final boolean subscribe(String uri) {
    synchronized (subscriptions) {
      if (subscriptions.contains(uri)) {
        return true;
      }
      if (subscriptions.size() >= MAX_SUBSCRIPTIONS
          || uri.length() > MAX_SUBSCRIPTION_CHARACTERS - subscribedCharacters) {
        return false;
      }
      subscribedCharacters += uri.length();
      return subscriptions.add(uri);
    }
  }

  /**
   * Ends a subscription.
   *
   * @param uri the URI of the resource; not null
   */
  public final void unsubscribe(String uri) {
    synchronized (subscriptions) {
      if (subscriptions.remove(uri)) {
        subscribedCharacters -= uri.length();
      }
    }
  }

  /**
   * Whether the client subscribed to a resource.
   *
   * @param uri the URI of the resource; not null
   * @return true if it did
   */
  public final boolean isSubscribed(String uri) {
    return subscriptions.contains(uri);
  }

  /**
   * Registers a call, so that the client can cancel it.
   *
   * @param call cancels the call; not null
   * @param id the id of the request; null for a batch as a whole
   * @return false if the connection is closed
   */
  public final synchronized boolean begin(CancellationSource call, @Nullable RequestId id) {
    if (closed) {
      return false;
    }
    inFlight.put(call, id);
    return true;
  }

  /**
   * Removes a call that has been served.
   *
   * @param call the source that was passed to {@link #begin}; not null
   */
  public final void end(CancellationSource call) {
    synchronized (this) {
      inFlight.remove(call);
    }
    ended();
  }

  /** Called when a call has ended. Does nothing by default. */
  protected void ended() {}

  /**
   * Whether the connection has no calls in flight.
   *
   * @return true if it has none
   */
  public final synchronized boolean isIdle() {
    return inFlight.isEmpty();
  }

  /** Cancels all calls in flight. */
  public final void cancelCalls() {
    for (CancellationSource call : inFlight().keySet()) {
      call.cancel();
    }
  }

  /**
   * Returns a copy, because cancelling runs code of handlers, which must not run under the lock.
   */
  private synchronized Map<CancellationSource, RequestId> inFlight() {
    return new LinkedHashMap<>(inFlight);
  }

  /**
   * Takes a message of the client that is not answered: a response, a notification, or a batch of
   * them. "Invalid cancellation notifications SHOULD be ignored"; unknown notifications and
   * responses to unknown requests are ignored too.
   *
   * @param payload the message; not null
   */
  public final void receive(JsonRpcPayload payload) {
    if (payload instanceof JsonRpcMessage.Response response) {
      requests.answered(response);
    } else if (payload instanceof JsonRpcMessage.Notification notification) {
      cancelNamedBy(notification);
    } else if (payload instanceof JsonRpcPayload.Batch batch) {
      for (JsonNode element : batch.elements()) {
        receiveElement(element);
      }
    }
  }

  private void receiveElement(JsonNode element) {
    try {
      JsonRpcMessage message = JsonRpcCodec.message(element);
      if (client.version().hasBatches()) {
        receive(message);
      } else if (message instanceof JsonRpcMessage.Response response) {
        // The batch is refused, so the call that waits for this answer must end
        requests.unusable(
            response.id(),
            "it is in a batch, which revision " + client.version() + " does not have");
      }
    } catch (MalformedMessageException e) {
      receive(e);
    }
  }

  /**
   * Takes a malformed message. If it is the response to a request of the server, that request ends
   * with an error that says what is wrong.
   *
   * @param malformed the message; not null
   * @return true if {@link MalformedMessageException#failure()} must be sent; false for responses
   *     and notifications
   */
  public final boolean receive(MalformedMessageException malformed) {
    // -32600 is an object that could be read: without a method, and not a response
    boolean wasRead = malformed.failure().error().code() == ErrorCode.INVALID_REQUEST;
    String problem = wasRead && !malformed.isResponse()
        ? "it has neither a result nor an error"
        : malformed.getMessage();
    boolean ours = !malformed.hasMethod() && requests.unusable(malformed.id(), problem);
    return malformed.isAnswered() && !ours;
  }

  private void cancelNamedBy(JsonRpcMessage.Notification notification) {
    RequestId id = notification.method().equals("notifications/cancelled")
        ? RequestId.from(notification.params().get("requestId")).orElse(null)
        : null;
    if (id != null) {
      for (Map.Entry<CancellationSource, RequestId> call : inFlight().entrySet()) {
        if (id.equals(call.getValue())) {
          call.getKey().cancel();
        }
      }
    }
  }

  /**
   * Sends the client a request and waits for its answer.
   *
   * @param method the method of the request, such as {@code elicitation/create}; not null
   * @param params the parameters; not null
   * @param call the cancellation of the call that asks; ends the wait; not null
   * @param out sends the request, and its cancellation; not null
   * @return the answer; a failure if the connection ends first
   * @throws InterruptedException if the call is cancelled
   * @throws UnansweredException if the answer is not valid, or does not come in time
   */
  protected final JsonRpcMessage.Response request(
      String method, ObjectNode params, Cancellation call, Consumer<JsonRpcMessage> out)
      throws InterruptedException {
    return requests.send(method, params, call, out);
  }

  /**
   * Starts to push changes. Has no effect if it has been called before, or if the input has ended.
   *
   * @param port the server; not null
   */
  public final synchronized void startChanges(ServerPort port) {
    if (changes == null && !closed && !inputEnded) {
      changes = port.attach(this);
    }
  }

  /** Stops pushing changes. A failure of the feed is logged. */
  public final synchronized void stopChanges() {
    Registration registration = changes;
    changes = null;
    if (registration != null) {
      try {
        registration.close();
      } catch (Throwable e) {
        SystemLog.failure("Changes could not be unsubscribed from", e);
      }
    }
  }

  /**
   * Stops pushing changes, and ends the wait for answers, because the client sends nothing more.
   * Calls in flight continue.
   */
  public final void endInput() {
    synchronized (this) {
      inputEnded = true;
    }
    try {
      stopChanges();
    } finally {
      requests.close();
    }
  }

  /** Refuses further calls, cancels those in flight, and calls {@link #endInput()}. */
  public final void close() {
    synchronized (this) {
      closed = true;
    }
    cancelCalls(); // before the waits end, so that the client gets a cancellation of each question
    endInput();
  }

  /**
   * Whether the connection is closed.
   *
   * @return true after {@link #close()}
   */
  public final synchronized boolean isClosed() {
    return closed;
  }
}
