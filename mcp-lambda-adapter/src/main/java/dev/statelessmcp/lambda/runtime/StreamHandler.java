package dev.statelessmcp.lambda.runtime;

import com.amazonaws.services.lambda.runtime.Context;

/**
 * A handler that can answer in pieces. {@link StreamingRuntime} creates one object of it, by its
 * public constructor without parameters. It must be thread-safe if the function serves several
 * invocations at once. Not part of the API: for the runtime and the handlers of this artifact.
 */
public interface StreamHandler {

  /**
   * Serves one invocation. An exception becomes the invocation's error, in place of an answer or at
   * the end of the pieces that have been written. A stream that is left open is closed.
   *
   * @param event the event, usually JSON; not null
   * @param response receives the answer before this method returns; not null
   * @param context of the invocation; not null
   * @throws Exception reported as an error; its message and its class reach the invoker
   */
  void handle(byte[] event, RuntimeResponse response, Context context) throws Exception;

  /**
   * Called at the end of the initialisation, before a SnapStart snapshot is taken; never without
   * SnapStart. Does nothing by default.
   *
   * @throws Exception if the version of the function shall not be published
   */
  default void beforeCheckpoint() throws Exception {}

  /**
   * Called in each environment that was started from a SnapStart snapshot, before its first
   * invocation; never without SnapStart. Does nothing by default.
   *
   * @throws Exception if the environment shall end
   */
  default void afterRestore() throws Exception {}
}
