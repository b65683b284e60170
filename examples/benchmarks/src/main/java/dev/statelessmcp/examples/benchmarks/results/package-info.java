/**
 * The measurements of the benchmarks in files, and reports about them: tables and the goals of the
 * project.
 *
 * <p>A file has one line for each measurement, with tabs between the columns: benchmark, JDK, case,
 * contender, metric, round, value. Lines that begin with {@code #} describe the machine and
 * settings.
 */
package dev.statelessmcp.examples.benchmarks.results;
