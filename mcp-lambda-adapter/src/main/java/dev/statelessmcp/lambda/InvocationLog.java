package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.lambda.runtime.LogTimestamp;
import dev.statelessmcp.transport.FailureLog;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON lines to the log of the function, in the form of Lambda's structured logs. Each has
 * the id of its invocation, because the runtime's formatter knows the id only on its own thread,
 * and handlers run on another. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html">Log
 *     formats</a>
 */
final class InvocationLog implements FailureLog {
  private final @Nullable LambdaLogger logger; // null outside of Lambda
  private final String requestId;
  private volatile @Nullable VirtualMachineError fatal; // null if the process can continue

  InvocationLog(@Nullable Context context) {
    logger = context == null ? null : context.getLogger();
    String id = context == null ? null : context.getAwsRequestId();
    requestId = id == null ? "" : id;
  }

  /** Empty outside of Lambda. */
  String requestId() {
    return requestId;
  }

  /** The beginning of a line. */
  ObjectNode line(LogLevel level, @Nullable String message) {
    ObjectNode line = Json.object();
    line.put("timestamp", LogTimestamp.of(System.currentTimeMillis()));
    line.put("level", level.name());
    line.put("message", message);
    if (!requestId.isEmpty()) {
      line.put("AWSRequestId", requestId);
    }
    return line;
  }

  /** Writes a line, unless Lambda is configured to drop its level. */
  void write(LogLevel level, ObjectNode line) {
    byte[] whole = terminated(line);
    if (logger != null) {
      logger.log(whole, level);
    } else {
      System.err.writeBytes(whole);
    }
  }

  /** Writes a line without a level, which is never dropped. */
  void metrics(ObjectNode line) {
    if (logger != null) {
      logger.log(terminated(line));
    }
  }

  private static byte[] terminated(ObjectNode line) {
    byte[] json = Json.write(line);
    byte[] whole = Arrays.copyOf(json, json.length + 1);
    whole[json.length] = '\n';
    return whole;
  }

  void write(LogLevel level, @Nullable String message) {
    write(level, line(level, message));
  }

  /**
   * Throws a logged error after which the process cannot continue: the runtime replaces a process
   * after an OutOfMemoryError.
   */
  void rethrowFatal() {
    if (fatal != null) {
      throw fatal;
    }
  }

  @Override
  public void log(String message, Throwable failure) {
    if (failure instanceof VirtualMachineError error && !(failure instanceof StackOverflowError)) {
      fatal = error; // before anything that needs memory
    }
    ObjectNode line = line(LogLevel.ERROR, message);
    line.put("errorType", failure.getClass().getName());
    try {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      line.put("errorMessage", failure.getMessage());
      line.put("stackTrace", trace.toString());
    } catch (RuntimeException e) { // a user's exception may have a getMessage that fails
      line.put("errorMessage", "cannot be read because of " + e.getClass().getName());
    }
    write(LogLevel.ERROR, line);
  }
}
