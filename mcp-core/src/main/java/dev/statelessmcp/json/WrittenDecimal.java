package dev.statelessmcp.json;

import com.fasterxml.jackson.databind.node.DecimalNode;
import java.math.BigDecimal;

/**
 * A number that is written as it was read. {@code 1e2} would become {@code 1E+2} otherwise, and the
 * id of a request must come back exactly. Immutable.
 */
final class WrittenDecimal extends DecimalNode {
  private static final long serialVersionUID = 1L;

  private final String written;

  WrittenDecimal(BigDecimal value, String written) {
    super(value);
    this.written = written;
  }

  String written() {
    return written;
  }

  /** By value, as the numbers that it is compared with. */
  @Override
  public boolean equals(Object other) {
    return super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
