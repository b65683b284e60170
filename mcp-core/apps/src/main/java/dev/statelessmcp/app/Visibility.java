package dev.statelessmcp.app;

/**
 * Who may call a tool. Hosts enforce this rule: a server cannot see whether a call comes from a
 * model or from a page.
 */
public enum Visibility {
  /** The model. */
  MODEL("model"),

  /** The pages of the same server. */
  APP("app");

  private final String wire;

  Visibility(String wire) {
    this.wire = wire;
  }

  String wire() {
    return wire;
  }
}
