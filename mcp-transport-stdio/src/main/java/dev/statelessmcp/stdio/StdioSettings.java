package dev.statelessmcp.stdio;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.JsonLimits;
import java.time.Duration;

/** The settings of a {@link StdioTransport}. */
record StdioSettings(
    McpServer server,
    JsonLimits limits,
    Duration grace,
    Duration stopTimeout,
    boolean stopOnShutdown,
    Duration questionTimeout,
    int maxConcurrentCalls) {}
