package dev.statelessmcp.protocol;

import java.util.Locale;

/**
 * The severity of a log message, from the lowest to the highest: the levels of RFC 5424.
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
  /** Normal but significant. */
  NOTICE,
  /** A warning condition. */
  WARNING,
  /** An operation failed. */
  ERROR,
  /** A component failed. */
  CRITICAL,
  /** Action must be taken immediately. */
  ALERT,
  /** The system is unusable. */
  EMERGENCY;

  /**
   * Returns the level with a name on the wire.
   *
   * @param name such as {@code warning}; may be null
   * @return the level; null if no level has that name
   */
  public static LogLevel of(String name) {
    for (LogLevel level : values()) {
      if (level.toString().equals(name)) {
        return level;
      }
    }
    return null;
  }

  /** Returns the name on the wire, such as {@code warning}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
