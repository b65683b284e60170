package dev.statelessmcp.examples.benchmarks.coldstart;

/** The Java, profile and CPU share under which variants are compared. */
record Setting(Jdk jdk, Profile profile, Share share) {

  @Override
  public String toString() {
    return "Java " + jdk + ", " + profile + ", " + share;
  }
}
