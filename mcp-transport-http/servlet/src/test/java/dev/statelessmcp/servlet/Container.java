package dev.statelessmcp.servlet;

/** A running servlet container with one MCP servlet at {@code /mcp}. */
interface Container {
  int port();

  void stop() throws Exception;
}
