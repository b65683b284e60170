package dev.statelessmcp.lambda.runtime;

import com.amazonaws.services.lambda.runtime.Context;

/**
 * A handler that can answer in pieces. {@link StreamingRuntime} creates one object of it, by its
 * public constructor without parameters. Implementations are safe from any number of threads if the
 * function serves several invocations at once.
 */
public interface StreamHandler {

  /**
   * Serves one invocation. Whatever it throws becomes the invocation's error: instead of an answer,
   * or at the end of the pieces that have been written. A stream that it leaves open is closed.
   *
   * @param event the event, usually JSON; not null
   * @param response takes the answer, before this method returns; not null
   * @param context of the invocation; not null
   * @throws Exception to report an error; its message and its class reach the caller
   */
  void handle(byte[] event, RuntimeResponse response, Context context) throws Exception;

  /**
   * Runs at the end of the initialisation, before a SnapStart snapshot is taken, and never without
   * SnapStart. Does nothing unless overridden.
   *
   * @throws Exception to give up: the version of the function cannot be published
   */
  default void beforeCheckpoint() throws Exception {}

  /**
   * Runs in each environment that was started from a SnapStart snapshot, before its first
   * invocation, and never without SnapStart. Does nothing unless overridden.
   *
   * @throws Exception to give up: the environment ends
   */
  default void afterRestore() throws Exception {}
}
