package dev.statelessmcp.lambda;

/**
 * What there is to do about a SnapStart snapshot.
 *
 * @param before before it is taken
 * @param after in each environment that starts from it
 */
record Snapshots(Step before, Step after) {

  /** One of them. */
  @FunctionalInterface
  interface Step {
    void run() throws Exception;
  }
}
