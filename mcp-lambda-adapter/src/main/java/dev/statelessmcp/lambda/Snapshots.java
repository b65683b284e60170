package dev.statelessmcp.lambda;

/** What there is to do about a SnapStart snapshot. */
interface Snapshots {
  /** Before it is taken. */
  void before() throws Exception;

  /** In each environment that starts from it. */
  void after() throws Exception;
}
