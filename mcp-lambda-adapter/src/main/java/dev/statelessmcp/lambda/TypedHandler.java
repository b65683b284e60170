package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Attributes;
import java.util.Map;

/**
 * What the handlers of typed events have in common: they serve as {@link McpLambdaHandler} does, by
 * the same function. Safe from any number of threads.
 *
 * @param <E> the class of the event
 * @param <R> the class of the answer
 */
abstract class TypedHandler<E, R> implements RequestHandler<E, R> {
  private final TypedFormat<E, R> format;
  private final McpFunction function;

  /** The hooks of SnapStart hold on to nothing that they call: without this they would be lost. */
  @SuppressWarnings({"unused", "FieldCanBeLocal", "UnusedVariable"})
  private final Object snapshotHook;

  TypedHandler(McpServer server, LambdaSettings settings, TypedFormat<E, R> format) {
    this.format = format;
    Map<String, String> environment = System.getenv();
    function = InitPhase.start(server, settings, environment);
    failure(); // the warm-up of what is typed
    snapshotHook = InitPhase.hasSnapshot(environment) ? hook() : null;
  }

  private Object hook() {
    return InitPhase.snapshotHook(new Snapshots(this::beforeCheckpoint, this::afterSnapshot));
  }

  private void beforeCheckpoint() throws Exception {
    function.beforeCheckpoint();
    beforeSnapshot();
  }

  /**
   * Serves one event. Nothing is ever thrown for what a client sent, nor for what is missing from
   * the event: whatever happens becomes a JSON-RPC answer.
   *
   * @param event the event; members may be null, and so may it
   * @param context of the invocation; null is taken too, for tests
   * @return the answer; never null
   */
  @Override
  public R handleRequest(E event, Context context) {
    E known = event == null ? format.empty() : event;
    HttpEvent http;
    try {
      http = format.read(known);
    } catch (IllegalArgumentException e) {
      new InvocationLog(context).log("an event cannot be read", e);
      return failure();
    }
    Attributes attributes = Attributes.NONE.with(format.type(), known);
    return format.write(function.answer(http, attributes, context));
  }

  private R failure() {
    HttpEvent empty = format.read(format.empty());
    byte[] body = McpFunction.failure("Internal error");
    return format.write(empty.answer(500, McpFunction.JSON, body));
  }

  /**
   * Called before a SnapStart snapshot is taken, if {@code org.crac} is on the class path: the
   * place to close connections, and to let go of anything random.
   *
   * @throws Exception to have the snapshot fail
   */
  protected void beforeSnapshot() throws Exception {}

  /**
   * Called when an execution environment starts from a snapshot.
   *
   * @throws Exception to have the start fail
   */
  protected void afterSnapshot() throws Exception {}
}
