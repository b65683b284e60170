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
 * A server as a transport sees it; {@code McpServer.port()} returns it. Safe from any number of
 * threads.
 *
 * <p>A transport reads a message with {@code JsonRpcCodec}, makes an {@link Exchange} for it, and
 * for a request does no more than
 *
 * <pre>{@code
 * Era era = port.eraOf(request, null);
 * JsonRpcMessage.Response answer = port.admit(era, request, exchange).run();
 * }</pre>
 *
 * <p>A transport with a connection that lasts also extends {@link LegacyConnection}, and gives it
 * the notifications and responses of the client.
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
   * Decides everything about a request that must be decided before its handler runs.
   *
   * @param era the era that it belongs to; not null
   * @param request the request; not null
   * @param exchange what the transport supplies; not null
   * @return runs the request
   */
  Admission admit(Era era, JsonRpcMessage.Request request, Exchange exchange);

  /**
   * Serves a JSON-RPC batch, one message after the other. Only the revisions 2024-11-05 and
   * 2025-03-26 have batches; {@link Exchange#legacyClient()} says which revision is spoken.
   *
   * @param batch the batch; not null
   * @param exchange what the transport supplies; not null
   * @return what to send: an array of the answers in order, or one failure if the batch is refused
   *     as a whole; empty if there is nothing to answer, as for responses alone
   */
  Optional<JsonNode> serve(JsonRpcPayload.Batch batch, Exchange exchange);

  /**
   * Shows interceptors a notification of the client. Those of a batch are shown by {@link #serve}.
   *
   * @param era the era that it belongs to; not null
   * @param notification the notification; not null
   * @param exchange what the transport supplies; not null
   */
  void notified(Era era, JsonRpcMessage.Notification notification, Exchange exchange);

  /**
   * Shows interceptors that the transport refused something before there was a request.
   *
   * @param era the era that it seems to belong to; not null
   * @param why the error that the client gets; not null
   * @param exchange what the transport supplies; not null
   */
  void refused(Era era, McpException why, Exchange exchange);

  /**
   * Wraps the work on a message for another thread, see {@link Interceptor#carry}. A transport that
   * serves a message on another thread than the one that received it calls this on the first one.
   *
   * @param work serves the message; not null
   * @return what the other thread runs, once; never null
   */
  Runnable carry(Runnable work);

  /**
   * Pushes changes of lists and resources to a legacy connection.
   *
   * @param connection the connection; not null
   * @return stops it when closed
   */
  Registration attach(LegacyConnection connection);

  /**
   * Whether the server logs a line for each request. Where the exchange has no {@code Observer}
   * among its attributes, it does that itself; a transport that has a better place than
   * {@code System.Logger} asks here, and brings an observer.
   *
   * @param byDefault what the transport does if the server does not say
   * @return true if each request has a line
   */
  boolean logsRequests(boolean byDefault);

  /**
   * Whether a caller has scopes, or broader ones that imply them.
   *
   * @param caller the caller; not null
   * @param scopes what is needed; not null
   * @return true if it has them all
   */
  boolean hasScopes(Caller caller, List<String> scopes);

  /**
   * Whether a handler may ask the client.
   *
   * @return true if a tool, prompt or resource declares a question
   */
  boolean asksClients();

  /**
   * Whether a handler may ask the client, and no keys are set that seal {@code requestState}. Such
   * a server works in one process only: another instance cannot continue what it began.
   *
   * @return true if {@code McpServer.Builder.stateKeys} should be set
   */
  boolean lacksStateKeys();
}
