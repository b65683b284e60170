package dev.statelessmcp.transport;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.intercept.Interceptor;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.JsonRpcPayload;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.subscription.Registration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The interface of a server for transports; {@code McpServer.port()} returns it. Thread-safe.
 *
 * <p>A transport reads a message with {@code JsonRpcCodec}, creates an {@link Exchange}, and serves
 * a request with
 *
 * <pre>{@code
 * Era era = port.eraOf(request, null);
 * JsonRpcMessage.Response answer = port.admit(era, request, exchange).run();
 * }</pre>
 *
 * <p>A transport with lasting connections also extends {@link LegacyConnection}, and passes it the
 * notifications and responses of the client.
 */
public interface ServerPort {

  /**
   * The era that a request belongs to.
   *
   * @param request the request; not null
   * @param versionHeader the {@code MCP-Protocol-Version} header; null if there is none
   * @return the era
   */
  Era eraOf(JsonRpcMessage.Request request, @Nullable String versionHeader);

  /**
   * Runs all checks of a request that come before its handler.
   *
   * @param era the era that it belongs to; not null
   * @param request the request; not null
   * @param exchange the exchange of the message; not null
   * @return the admission, which runs the request
   */
  Admission admit(Era era, JsonRpcMessage.Request request, Exchange exchange);

  /**
   * Serves a JSON-RPC batch, one message after the other. Only the revisions 2024-11-05 and
   * 2025-03-26 have batches; the revision is that of {@link Exchange#legacyClient()}.
   *
   * @param batch the batch; not null
   * @param exchange the exchange of the message; not null
   * @return an array of the answers in order, or one failure if the batch is refused as a whole;
   *     empty if there is no answer, as for a batch of responses
   */
  Optional<JsonNode> serve(JsonRpcPayload.Batch batch, Exchange exchange);

  /**
   * Passes a notification of the client to the interceptors. {@link #serve} does so for those of a
   * batch.
   *
   * @param era the era that it belongs to; not null
   * @param notification the notification; not null
   * @param exchange the exchange of the message; not null
   */
  void notified(Era era, JsonRpcMessage.Notification notification, Exchange exchange);

  /**
   * Tells the interceptors that the transport refused a message before it was read as a request.
   *
   * @param era the era that it seems to belong to; not null
   * @param why the error that the client gets; not null
   * @param exchange the exchange of the message; not null
   */
  void refused(Era era, McpException why, Exchange exchange);

  /**
   * Wraps the processing of a message for another thread, see {@link Interceptor#carry}. A
   * transport that serves messages on another thread calls it on the thread that received the
   * message.
   *
   * @param work serves the message; not null
   * @return runs {@code work} once, on the thread that calls it; never null
   */
  Runnable carry(Runnable work);

  /**
   * Pushes changes of lists and resources to a legacy connection.
   *
   * @param connection the connection; not null
   * @return stops pushing when closed
   */
  Registration attach(LegacyConnection connection);

  /**
   * Whether a line is logged for each request. The server logs it with {@code System.Logger},
   * unless the attributes of the exchange have an {@code Observer}: a transport with its own log
   * adds one.
   *
   * @param byDefault the default of the transport
   * @return the setting of the server, or the default if it has none
   */
  boolean logsRequests(boolean byDefault);

  /**
   * Whether a caller has all scopes, or broader ones that imply them.
   *
   * @param caller the caller; not null
   * @param scopes the required scopes; not null
   * @return true if it has them
   */
  boolean hasScopes(Caller caller, List<String> scopes);

  /**
   * Whether a handler may ask the client.
   *
   * @return true if a tool, prompt or resource declares a question
   */
  boolean asksClients();

  /**
   * Whether a handler may ask the client, and no keys for {@code requestState} are set. The server
   * then works only in one process: another instance cannot continue its calls.
   *
   * @return true if {@code McpServer.Builder.stateKeys} should be set
   */
  boolean lacksStateKeys();
}
