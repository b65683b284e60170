package dev.statelessmcp.lambda.runtime;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes one line for each message, in the format that the function is configured for. JSON has the
 * members of the managed runtime's.
 */
final class RuntimeLogger implements LambdaLogger {
  private final LogSink sink;
  private final @Nullable ReceivedEvent invocation;

  /** A logger outside of any invocation. */
  RuntimeLogger(LogSink sink) {
    this(sink, null);
  }

  RuntimeLogger(LogSink sink, @Nullable ReceivedEvent invocation) {
    this.sink = sink;
    this.invocation = invocation;
  }

  @Override
  public void log(String message) {
    log(message, LogLevel.UNDEFINED);
  }

  @Override
  public void log(@Nullable String message, LogLevel level) {
    if (sink.takes(level)) {
      String text = String.valueOf(message);
      sink.write(sink.json() ? json(text, level) : line(text, level));
    }
  }

  /** Bytes are written as they are, without a line break. */
  @Override
  public void log(byte[] message) {
    log(message, LogLevel.UNDEFINED);
  }

  @Override
  public void log(byte[] message, LogLevel level) {
    if (sink.takes(level)) {
      sink.write(message);
    }
  }

  /** A message of the runtime itself. */
  void error(@Nullable String message) {
    log(message, sink.json() ? LogLevel.ERROR : LogLevel.UNDEFINED);
  }

  void error(String message, Throwable failure) {
    String text;
    try {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      text = trace.toString();
    } catch (RuntimeException e) { // a user's exception may have a getMessage that fails
      text = failure.getClass().getName() + ", whose text cannot be read because of "
          + e.getClass().getName();
    }
    error(message + text);
  }

  /** CloudWatch shows a carriage return as a line break, but makes a line feed another event. */
  private static byte[] line(String message, LogLevel level) {
    StringBuilder line = new StringBuilder(message.length() + 16);
    if (level != LogLevel.UNDEFINED) {
      line.append('[').append(level).append("] ");
    }
    line.append(message.stripTrailing().replace("\r\n", "\r").replace('\n', '\r'))
        .append('\n');
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }

  private byte[] json(String message, LogLevel level) {
    ObjectNode entry = Json.object()
        .put("timestamp", LogTimestamp.of(System.currentTimeMillis()))
        .put("level", level.toString())
        .put("message", message);
    if (invocation != null) {
      entry.put("AWSRequestId", invocation.requestId());
      if (invocation.tenantId() != null) {
        entry.put("tenantId", invocation.tenantId());
      }
    }
    byte[] json = Json.write(entry);
    byte[] line = new byte[json.length + 1];
    System.arraycopy(json, 0, line, 0, json.length);
    line[json.length] = '\n';
    return line;
  }
}
