package dev.statelessmcp.json;

import com.fasterxml.jackson.databind.node.IntNode;

/** The integer 0 that was read, and is written, as {@code -0}. Immutable. */
final class MinusZero extends IntNode {
  static final String WRITTEN = "-0";

  private static final long serialVersionUID = 1L;

  MinusZero() {
    super(0);
  }

  /** Compares the value, as other numbers do. */
  @Override
  public boolean equals(Object other) {
    return super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
