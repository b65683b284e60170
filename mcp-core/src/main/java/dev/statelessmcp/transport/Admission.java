package dev.statelessmcp.transport;

import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import java.util.function.Supplier;

/**
 * Whether a request may run. A transport that must choose a status before the answer exists asks
 * first and runs afterwards.
 */
public sealed interface Admission {

  /**
   * The protocol itself refuses the request: its envelope, version, metadata or method.
   *
   * @param failure the answer; not null
   */
  record Refused(JsonRpcMessage.Failure failure) implements Admission {}

  /**
   * The request can run.
   *
   * @param call runs it once, blocks until the answer is there, and throws nothing for what a peer
   *     sent
   * @param longLived whether it lasts until somebody ends it, and is not to be counted among the
   *     calls that take a moment
   */
  record Admitted(Supplier<JsonRpcMessage.Response> call, boolean longLived) implements Admission {}
}
