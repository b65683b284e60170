package dev.statelessmcp.examples.benchmarks.results;

import dev.statelessmcp.examples.benchmarks.results.Measurements.Comparison;
import dev.statelessmcp.examples.benchmarks.results.Measurements.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * The performance goals of the project, except for the cold start. Times of different machines
 * cannot be compared, so nearly all are ratios.
 */
final class Goals {
  static final String OURS = "stateless-mcp";
  static final String BARE = "bare";
  private static final String QUARKUS = "quarkus";
  private static final String HTTP = "http";
  private static final String STDIO = "stdio";
  private static final String DISPATCH = "dispatch";
  private static final String RATE = "calls/s";
  private static final String TIME = "µs/call";

  private final List<Goal> all = new ArrayList<>();

  private Goals() {}

  static List<Goal> all() {
    Goals goals = new Goals();
    goals.http();
    goals.stdio();
    goals.dispatch();
    return goals.all;
  }

  private void http() {
    for (String echo : List.of("echo, 8 connections", "echo, 32 connections")) {
      ratio(HTTP, echo, RATE).to(BARE).atLeast(0.9);
      ratio(HTTP, echo, RATE).to(QUARKUS).atLeast(1);
      ratio(HTTP, echo, "p99, ms").to(BARE).atMost(1.2);
      ratio(HTTP, echo, "CPU, µs/call").to(BARE).atMost(1.15);
    }
    ratio(HTTP, "1,000 notifications", RATE).to(BARE).atLeast(0.95);
    ratio(HTTP, "message of 100 KB", RATE).to(BARE).atLeast(1);
    ratio(HTTP, "message of 4 MB", RATE).to(BARE).atLeast(1);
    // Both wait for the tool nearly all the time, so neither can be faster
    ratio(HTTP, "tool of 100 ms, 1,000 connections", RATE).onJdk("25").to(BARE).atLeast(0.95);
    difference(HTTP, "echo with -Xmx64m", "RSS, MiB").to(BARE).atMost(10);
  }

  private void stdio() {
    for (String echo : List.of("echo, 2026-07-28", "echo, 2025-11-25")) {
      ratio(STDIO, echo, RATE).onJdk("17").to(BARE).atLeast(0.65);
      ratio(STDIO, echo, RATE).onJdk("25").to(BARE).atLeast(0.75);
      ratio(STDIO, echo, "idle, µs").to(BARE).atMost(1.1);
      difference(STDIO, echo, "RSS, MiB").to(BARE).atMost(10);
    }
  }

  private void dispatch() {
    ratio(DISPATCH, "call, bytes to bytes", TIME).to(BARE).atMost(1.6);
    figure(DISPATCH, "call, bytes to bytes", "bytes allocated/call").atMost(5_000);
    ratio(DISPATCH, "call, StreamableHttp", TIME).toOwn("call, bytes to bytes").atMost(1.4);
    ratio(DISPATCH, "list of 10,000 tools", TIME).to(BARE).atMost(1 / 1.5);
    ratio(DISPATCH, "call, 10,000 tools", TIME).toOwn("call, 10 tools").atMost(1.1);
  }

  private Draft ratio(String benchmark, String subject, String metric) {
    return new Draft(benchmark, subject, metric, Comparison.RATIO);
  }

  private Draft difference(String benchmark, String subject, String metric) {
    return new Draft(benchmark, subject, metric, Comparison.DIFFERENCE);
  }

  private Draft figure(String benchmark, String subject, String metric) {
    return new Draft(benchmark, subject, metric, null);
  }

  /** A builder of a goal. */
  private final class Draft {
    private final String benchmark;
    private final Side ours;
    private final String metric;
    private final Comparison comparison;
    private Side other;
    private String jdk;

    Draft(String benchmark, String subject, String metric, Comparison comparison) {
      this.benchmark = benchmark;
      ours = new Side(subject, OURS);
      this.metric = metric;
      this.comparison = comparison;
    }

    Draft onJdk(String only) {
      jdk = only;
      return this;
    }

    /** Compares with another contender in the same case. */
    Draft to(String contender) {
      other = new Side(ours.subject(), contender);
      return this;
    }

    /** Compares with another case of this project. */
    Draft toOwn(String subject) {
      other = new Side(subject, OURS);
      return this;
    }

    void atLeast(double bound) {
      add(true, bound);
    }

    void atMost(double bound) {
      add(false, bound);
    }

    private void add(boolean atLeast, double bound) {
      all.add(new Goal(benchmark, jdk, metric, ours, other, comparison, atLeast, bound));
    }
  }
}
