package dev.statelessmcp.lambda;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts a function while Lambda initializes it: finds configuration errors before the first call,
 * and does work that would be slow later.
 */
final class InitPhase {

  private InitPhase() {}

  /**
   * A function that is ready for its first call.
   *
   * @throws IllegalStateException if other instances could not read the answers of clients
   */
  static McpFunction start(
      McpServer server, LambdaSettings settings, Map<String, String> environment) {
    if (server.port().lacksStateKeys() && !settings.allowsProcessStateKeys()) {
      throw new IllegalStateException(
          "The server asks its clients and has no stateKeys: an answer that reaches another instance"
              + " of this function would be refused. Set McpServer.Builder.stateKeys, or call"
              + " LambdaSettings.allowProcessStateKeys");
    }
    // With several invocations at once the runtime keeps the trace of each in a thread-local of the
    // AWS SDK, which only new threads inherit
    CallRunner runner = environment.containsKey("AWS_LAMBDA_MAX_CONCURRENCY")
        ? CallRunner.onNewThreads()
        : CallRunner.onKeptThreads();
    McpFunction function =
        new McpFunction(server, settings.describing(server), environment, runner);
    boolean snapshot = hasSnapshot(environment);
    boolean keepsThread = false;
    try {
      WarmUp.run(server, settings, runner);
      settings.authenticator().prepare();
      keepsThread = !snapshot; // for the first call
    } finally {
      if (!keepsThread) {
        runner.endIdle();
      }
    }
    if (snapshot) {
      Json.parse("0.5"); // slow and rarely needed, but a snapshot has time for it
    }
    return function;
  }

  /** Whether SnapStart takes a snapshot of this process. */
  static boolean hasSnapshot(Map<String, String> environment) {
    return "snap-start".equals(environment.get("AWS_LAMBDA_INITIALIZATION_TYPE"));
  }

  /**
   * Registers for the snapshot of SnapStart.
   *
   * @return the hook, which the caller must keep; null without the library of the hooks
   */
  static @Nullable Object snapshotHook(Snapshots snapshots) {
    try {
      return SnapshotHook.register(snapshots);
    } catch (NoClassDefFoundError e) { // the library is optional
      return null;
    }
  }
}
