package dev.statelessmcp.content;

import java.util.Locale;

/** The sender of a message, or the audience of content. */
public enum Role {
  /** The user. */
  USER,
  /** The model. */
  ASSISTANT;

  /** The name on the wire. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
