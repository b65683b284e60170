package dev.statelessmcp.examples.benchmarks.coldstart;

/** What is the same for all variants that are compared with each other. */
record Setting(Jdk jdk, Profile profile, Share share) {

  @Override
  public String toString() {
    return "Java " + jdk + ", " + profile + ", " + share;
  }
}
