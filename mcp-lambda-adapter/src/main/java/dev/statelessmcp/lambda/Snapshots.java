package dev.statelessmcp.lambda;

/**
 * The actions before and after a SnapStart snapshot.
 *
 * @param before runs before it is taken
 * @param after runs in each environment that starts from it
 */
record Snapshots(Step before, Step after) {

  /** An action. */
  @FunctionalInterface
  interface Step {
    void run() throws Exception;
  }
}
