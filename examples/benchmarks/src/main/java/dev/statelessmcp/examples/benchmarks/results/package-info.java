/**
 * What the benchmarks measured, in files, and what follows from it: tables and the goals of the
 * project.
 *
 * <p>A file has one line a measurement, with tabs between the columns: benchmark, JDK, case,
 * contender, metric, round, value. Lines that begin with {@code #} say where and how it was
 * measured.
 */
package dev.statelessmcp.examples.benchmarks.results;
