package dev.statelessmcp.examples.benchmarks.coldstart;

/** How much of a core a function has once its init phase is over. */
enum Share {
  /** All of the machine. */
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

  /** What the function's configuration says; the heap's limit follows from it. */
  int memoryMb() {
    return memoryMb;
  }

  boolean isLimited() {
    return this != FULL;
  }

  /** The part of one core, for a share that is limited. */
  double cores() {
    return (double) memoryMb / MB_PER_CORE;
  }

  @Override
  public String toString() {
    return label;
  }
}
