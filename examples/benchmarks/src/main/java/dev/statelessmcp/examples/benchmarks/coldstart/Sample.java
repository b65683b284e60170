package dev.statelessmcp.examples.benchmarks.coldstart;

/**
 * What one cold start took.
 *
 * @param initMillis from starting the process to its first request for an event
 * @param firstCallMillis from handing over the first event to having its answer
 * @param cpuMillis CPU time of all threads up to that answer
 * @param firstCallCpuMillis the part of it since the end of init
 * @param peakMib the most memory that was resident up to the answer, in MiB
 */
record Sample(
    double initMillis,
    double firstCallMillis,
    double cpuMillis,
    double firstCallCpuMillis,
    double peakMib) {

  double sumMillis() {
    return initMillis + firstCallMillis;
  }
}
