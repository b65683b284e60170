package dev.statelessmcp.lambda.runtime;

import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The function's configuration, from Lambda's environment variables; a value is null if not set.
 */
final class FunctionEnvironment {
  private final Map<String, String> variables;
  private final int memoryMb;
  private final int maxConcurrency;
  private final LogLevel logLevel;

  /**
   * Reads the variables.
   *
   * @throws IllegalArgumentException if one has an invalid value; the message names it
   */
  FunctionEnvironment(Map<String, String> variables) {
    this.variables = variables;
    memoryMb = number("AWS_LAMBDA_FUNCTION_MEMORY_SIZE");
    maxConcurrency = number("AWS_LAMBDA_MAX_CONCURRENCY");
    logLevel = level(variables.get("AWS_LAMBDA_LOG_LEVEL"));
  }

  private int number(String name) {
    String value = variables.get(name);
    if (value == null || value.isEmpty()) {
      return 0;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a number, was '" + value + "'", e);
    }
    throw new IllegalArgumentException(name + " must not be negative, was " + value);
  }

  private static LogLevel level(@Nullable String name) {
    if (name == null || name.isEmpty()) {
      return LogLevel.UNDEFINED;
    }
    try {
      return LogLevel.fromString(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("AWS_LAMBDA_LOG_LEVEL: " + e.getMessage(), e);
    }
  }

  String handler() {
    return variables.getOrDefault("_HANDLER", "");
  }

  @Nullable
  String name() {
    return variables.get("AWS_LAMBDA_FUNCTION_NAME");
  }

  @Nullable
  String version() {
    return variables.get("AWS_LAMBDA_FUNCTION_VERSION");
  }

  /** In MB; 0 if it is unknown. */
  int memoryMb() {
    return memoryMb;
  }

  @Nullable
  String logGroup() {
    return variables.get("AWS_LAMBDA_LOG_GROUP_NAME");
  }

  @Nullable
  String logStream() {
    return variables.get("AWS_LAMBDA_LOG_STREAM_NAME");
  }

  /**
   * Whether answers may be streamed: {@code MCP_STREAMING}, by default {@code on}. A sender that is
   * configured for buffered answers must not get a stream, and Lambda does not provide that
   * setting.
   *
   * @throws IllegalArgumentException if the variable has another value
   */
  boolean streams() {
    String value = variables.getOrDefault("MCP_STREAMING", "on");
    if (value.equals("on") || value.equals("off")) {
      return value.equals("on");
    }
    throw new IllegalArgumentException("MCP_STREAMING must be on or off, was '" + value + "'");
  }

  static boolean isJsonLog(Map<String, String> variables) {
    return "JSON".equalsIgnoreCase(variables.get("AWS_LAMBDA_LOG_FORMAT"));
  }

  /** The lowest level to be logged. */
  LogLevel logLevel() {
    return logLevel;
  }

  boolean isSnapStart() {
    return "snap-start".equals(variables.get("AWS_LAMBDA_INITIALIZATION_TYPE"));
  }

  /** Whether this is a Lambda Managed Instance, even with a concurrency of 1. */
  boolean isConcurrent() {
    return maxConcurrency > 0;
  }

  int maxConcurrency() {
    return maxConcurrency;
  }
}
