package dev.statelessmcp.examples.benchmarks.stdio;

import java.nio.charset.StandardCharsets;

/** The calls that are sent, in both eras. */
enum Calls {
  MODERN("2026-07-28", """
      ,"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
      "io.modelcontextprotocol/clientInfo":{"name":"benchmark","version":"1"},\
      "io.modelcontextprotocol/clientCapabilities":{}}"""),
  LEGACY("2025-11-25", "");

  static final String VERSION_KEY = "io.modelcontextprotocol/protocolVersion";

  /** How many calls are in one block. */
  static final int BLOCK = 1000;

  private final String version;
  private final String meta;

  Calls(String version, String meta) {
    this.version = version;
    this.meta = meta;
  }

  String version() {
    return version;
  }

  /** One line. */
  byte[] line(int id) {
    String call = "{\"jsonrpc\":\"2.0\",\"id\":" + id
        + ",\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":"
        + "{\"message\":\"The quick brown fox jumps over the lazy dog\"}" + meta + "}}\n";
    return call.getBytes(StandardCharsets.UTF_8);
  }

  /** Lines with different ids. */
  byte[] block() {
    StringBuilder lines = new StringBuilder();
    for (int id = 0; id < BLOCK; id++) {
      lines.append(new String(line(id), StandardCharsets.UTF_8));
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }
}
