package dev.statelessmcp.protocol;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much a log message matters, least first: the levels of RFC 5424.
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
  /** Something to be warned of. */
  WARNING,
  /** An operation failed. */
  ERROR,
  /** A component failed. */
  CRITICAL,
  /** Something must be done at once. */
  ALERT,
  /** Nothing can be used. */
  EMERGENCY;

  /**
   * The level by its name on the wire.
   *
   * @param name such as {@code warning}; null has no level
   * @return the level; empty if there is none of that name
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
