package dev.statelessmcp.examples.benchmarks.coldstart;

/**
 * The measurements of one cold start.
 *
 * @param initMillis time from the start of the process to its first request for an event
 * @param firstCallMillis time from sending the first event to receiving its answer
 * @param cpuMillis CPU time of all threads up to that answer
 * @param firstCallCpuMillis the part of the CPU time after the init phase
 * @param peakMib the peak resident memory up to the answer, in MiB
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
