package dev.statelessmcp.lambda;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import java.util.Map;

/**
 * What is done while Lambda initialises a function: a mistake is found before the first call, and
 * work is done that would be dear afterwards.
 */
final class InitPhase {

  private InitPhase() {}

  /**
   * A function that is ready for its first call.
   *
   * @throws IllegalStateException if answers of clients would not be understood by other instances
   */
  static McpFunction start(
      McpServer server, LambdaSettings settings, Map<String, String> environment) {
    if (server.port().lacksStateKeys() && !settings.allowsProcessStateKeys()) {
      throw new IllegalStateException(
          "The server asks its clients and has no stateKeys: an answer that reaches another instance"
              + " of this function would be refused. Set McpServer.Builder.stateKeys, or say"
              + " LambdaSettings.allowProcessStateKeys");
    }
    // With several invocations at once the runtime has no property for the trace of one: it leaves
    // it to the AWS SDK in a thread-local that new threads alone inherit
    TimedCalls calls = environment.containsKey("AWS_LAMBDA_MAX_CONCURRENCY")
        ? TimedCalls.onNewThreads()
        : TimedCalls.onKeptThreads();
    McpFunction function = new McpFunction(server, settings, environment, calls);
    boolean snapshot = hasSnapshot(environment);
    boolean keepsThread = false;
    try {
      WarmUp.run(server, settings, calls);
      keepsThread = !snapshot; // for the first call
    } finally {
      if (!keepsThread) {
        calls.endIdle();
      }
    }
    if (snapshot) {
      Json.parse("0.5"); // dear, and not always needed; but nobody waits for a snapshot
    }
    return function;
  }

  /** Whether SnapStart takes a snapshot of the function. */
  static boolean hasSnapshot(Map<String, String> environment) {
    return "snap-start".equals(environment.get("AWS_LAMBDA_INITIALIZATION_TYPE"));
  }

  /**
   * Has SnapStart tell of its snapshot.
   *
   * @return the hook, which must be held on to; null without its library
   */
  static Object snapshotHook(Snapshots snapshots) {
    try {
      return SnapshotHook.register(snapshots);
    } catch (NoClassDefFoundError e) { // it is optional
      return null;
    }
  }
}
