package dev.statelessmcp.examples.benchmarks.http;

/** The cases of the benchmark. */
enum Scenario {
  ECHO_8("echo-8", "echo, 8 connections", "echo", 8, 5),
  ECHO_32("echo-32", "echo, 32 connections", "echo", 32, 5),
  NOTIFICATIONS("notifications", "1,000 notifications", "count", 4, 0),
  KB_100("100kb", "message of 100 KB", "echo", 8, 100_000),
  MB_4("4mb", "message of 4 MB", "echo", 2, 4_000_000),
  WAIT("wait", "tool of 100 ms, 1,000 connections", "wait", 1_000, 0),
  SMALL_HEAP("memory", "echo with -Xmx64m", "echo", 32, 5);

  private final String option;
  private final String label;
  private final String tool;
  private final int connections;
  private final int messageLength;

  Scenario(String option, String label, String tool, int connections, int messageLength) {
    this.option = option;
    this.label = label;
    this.tool = tool;
    this.connections = connections;
    this.messageLength = messageLength;
  }

  /** Its name on the command line. */
  String option() {
    return option;
  }

  String label() {
    return label;
  }

  String tool() {
    return tool;
  }

  int connections() {
    return connections;
  }

  /** The length of the message to send back; 0 if the tool takes none. */
  int messageLength() {
    return messageLength;
  }

  /** Whether the warm-up with small calls is enough for it. */
  boolean isWarm() {
    return this == ECHO_8 || this == ECHO_32;
  }

  /** Whether its server has a small heap, and is therefore a separate process. */
  boolean isSmallHeap() {
    return this == SMALL_HEAP;
  }

  /** Whether an answer is the right one. */
  boolean isAnswer(String body) {
    if (this == NOTIFICATIONS) {
      return body.split("notifications/progress", -1).length == 1_001 && body.contains("counted");
    }
    if (this == WAIT) {
      return body.contains("\"waited\"");
    }
    return body.contains("\"" + "x".repeat(messageLength) + "\"");
  }
}
