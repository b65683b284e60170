package dev.statelessmcp.examples.benchmarks.coldstart;

/** The CPU share of a function after its init phase. */
enum Share {
  /** The whole machine. */
  FULL("full", 512),
  /** A function of 128 MB: Lambda gives one core per 1,769 MB. */
  MB128("128mb", 128);

  private static final int MB_PER_CORE = 1_769;

  private final String label;
  private final int memoryMb;

  Share(String label, int memoryMb) {
    this.label = label;
    this.memoryMb = memoryMb;
  }

  /** The configured memory of the function, which also determines its maximum heap. */
  int memoryMb() {
    return memoryMb;
  }

  boolean isLimited() {
    return this != FULL;
  }

  /** The share of one core, for a limited share. */
  double cores() {
    return (double) memoryMb / MB_PER_CORE;
  }

  @Override
  public String toString() {
    return label;
  }
}
