package dev.statelessmcp.examples.benchmarks.http;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A server, which runs in a separate process. */
enum Contender {
  STATELESS_MCP(
      "stateless-mcp",
      "servers",
      "dev.statelessmcp.examples.benchmarks.servers.StatelessMcpServer"),
  BARE("bare", "servers", "dev.statelessmcp.examples.benchmarks.servers.BareJettyServer"),
  SDK("sdk", "sdk-server", "dev.statelessmcp.examples.benchmarks.sdk.SdkServer"),
  QUARKUS("quarkus", "quarkus", null);

  private static final String QUARKUS_JAR = "target/quarkus-app/quarkus-run.jar";

  private final String label;
  private final Path module;
  private final String main;

  Contender(String label, String module, String main) {
    this.label = label;
    this.module = Path.of(module);
    this.main = main;
  }

  String label() {
    return label;
  }

  boolean isBuilt() {
    return Files.exists(module.resolve(main == null ? QUARKUS_JAR : "target/lib"));
  }

  /** The command line after the JVM flags. */
  List<String> command() {
    return main == null
        ? List.of("-jar", module.resolve(QUARKUS_JAR).toString())
        : List.of(
            "-cp",
            module.resolve("target/classes") + ":" + module.resolve("target/lib") + "/*",
            main);
  }

  /** Whether it supports 2026-07-28; otherwise it is called with 2025-11-25. */
  boolean isModern() {
    return this == STATELESS_MCP || this == BARE;
  }

  /** The path to call a tool at. */
  String path(Scenario scenario) {
    return this == SDK && scenario == Scenario.NOTIFICATIONS ? "/session" : "/mcp";
  }

  /** Whether a session must be opened for a call: the SDK has a stateless server for most tools. */
  boolean needsSession(Scenario scenario) {
    return this == QUARKUS || (this == SDK && scenario == Scenario.NOTIFICATIONS);
  }
}
