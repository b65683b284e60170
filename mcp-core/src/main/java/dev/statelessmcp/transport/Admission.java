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
   */
  record Admitted(Supplier<JsonRpcMessage.Response> call) implements Admission {}
}
