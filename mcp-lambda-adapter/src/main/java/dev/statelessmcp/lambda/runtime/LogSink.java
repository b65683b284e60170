package dev.statelessmcp.lambda.runtime;

import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.io.PrintStream;

/**
 * Writes log lines. Lines of several threads never mix.
 *
 * @param out the standard output, which Lambda collects
 * @param json true if each message is a JSON object
 * @param lowest messages below it are dropped if the format is JSON; text has no level that the
 *     service knows
 */
record LogSink(PrintStream out, boolean json, LogLevel lowest) {

  boolean takes(LogLevel level) {
    return !json || level == LogLevel.UNDEFINED || level.compareTo(lowest) >= 0;
  }

  void write(byte[] bytes) {
    synchronized (out) {
      out.write(bytes, 0, bytes.length);
      out.flush();
    }
  }
}
