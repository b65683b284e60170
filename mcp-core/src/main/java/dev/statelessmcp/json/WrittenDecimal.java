package dev.statelessmcp.json;

import com.fasterxml.jackson.databind.node.DecimalNode;
import java.math.BigDecimal;

/**
 * A number that is written as it was read, because the id of a request must be returned exactly:
 * {@code 1e2} would otherwise become {@code 1E+2}. Immutable.
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
