package dev.statelessmcp.protocol;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The severity of a log message, lowest first: the levels of RFC 5424.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/utilities/logging#log-levels">Log
 *     Levels</a>
 */
public enum LogLevel {
  /** For debugging. */
  DEBUG,
  /** General information. */
  INFO,
  /** Normal but significant events. */
  NOTICE,
  /** Warning conditions. */
  WARNING,
  /** An operation failed. */
  ERROR,
  /** A component failed. */
  CRITICAL,
  /** Immediate action is required. */
  ALERT,
  /** The system is unusable. */
  EMERGENCY;

  /**
   * Returns the level with a name on the wire.
   *
   * @param name such as {@code warning}; may be null
   * @return the level; empty if there is none with that name
   */
  public static Optional<LogLevel> of(@Nullable String name) {
    for (LogLevel level : values()) {
      if (level.toString().equals(name)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }

  /** The name on the wire, such as {@code warning}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
