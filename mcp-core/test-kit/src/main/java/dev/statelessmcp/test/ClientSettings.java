package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.protocol.Implementation;
import dev.statelessmcp.protocol.LogLevel;
import dev.statelessmcp.protocol.ProtocolVersion;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The settings of a connection. */
record ClientSettings(
    ProtocolVersion version,
    Implementation info,
    ObjectNode capabilities,
    @Nullable LogLevel logLevel, // null for the server's default
    Duration limit,
    boolean checked) {

  ClientSettings withVersion(ProtocolVersion newVersion) {
    return new ClientSettings(newVersion, info, capabilities, logLevel, limit, checked);
  }

  ClientSettings withInfo(Implementation newInfo) {
    return new ClientSettings(version, newInfo, capabilities, logLevel, limit, checked);
  }

  ClientSettings withCapabilities(ObjectNode newCapabilities) {
    return new ClientSettings(version, info, newCapabilities, logLevel, limit, checked);
  }

  ClientSettings withLogLevel(LogLevel newLevel) {
    return new ClientSettings(version, info, capabilities, newLevel, limit, checked);
  }

  ClientSettings withLimit(Duration newLimit) {
    return new ClientSettings(version, info, capabilities, logLevel, newLimit, checked);
  }

  ClientSettings unchecked() {
    return new ClientSettings(version, info, capabilities, logLevel, limit, false);
  }
}
