package dev.statelessmcp.content;

import java.util.Locale;

/** Who speaks, or whom something is for. */
public enum Role {
  /** The person. */
  USER,
  /** The model. */
  ASSISTANT;

  /** The name on the wire. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
