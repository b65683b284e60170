package dev.statelessmcp.extension;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.call.Call;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.subscription.Registration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A member that an extension adds to the filter of {@code subscriptions/listen}, and the
 * notifications that it selects. Implementations must be thread-safe.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/subscriptions">Subscriptions</a>
 */
public interface ExtensionSubscription {

  /**
   * Decides what the caller may subscribe to. The server acknowledges the result to the client.
   *
   * @param wanted the value of the member in the request; not null
   * @param call the request
   * @return the accepted part of the value; null for none
   * @throws Exception {@code McpException} if the value is malformed or refused
   */
  @Nullable
  JsonNode accept(JsonNode wanted, Call call) throws Exception;

  /**
   * Delivers notifications until the registration is closed.
   *
   * @param accepted what {@link #accept} returned
   * @param call the request; only its caller and metadata may be used after this method returns
   * @param sink takes notifications from any thread, without blocking; their {@code _meta} gets the
   *     identifier of the subscription. A notification that equals one not yet sent is dropped.
   * @param end may be run, from any thread, when there are no more notifications: the server ends
   *     the subscription when nothing else is in it, after it has sent what the sink has taken
   * @return ends the delivery when closed
   * @throws Exception if it fails; the client gets an internal error
   */
  Registration open(
      JsonNode accepted, Call call, Consumer<JsonRpcMessage.Notification> sink, Runnable end)
      throws Exception;
}
