package dev.statelessmcp.lambda.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A function in an execution environment of its own: AWS's Java runtime interface client in a child
 * JVM, with the function's classes where Lambda puts them, polling a {@link RuntimeApiServer}.
 *
 * <p>The point is to test the deployment package, not the classes: only what is in the task root is
 * visible to the handler, and nothing of this JVM's environment variables. Needs Linux, because the
 * client has a native part for nothing else.
 *
 * <pre>{@code
 * try (LambdaProcess function = LambdaProcess.of(zip, "com.example.Handler").start()) {
 *   InvocationResult answer = function.invoke(event);
 * }
 * }</pre>
 */
public final class LambdaProcess implements AutoCloseable {
  private static final int EXIT_LIMIT_SECONDS = 10;
  private static final int LOG_TAIL_CHARS = 4_000;

  private final ScratchFolder scratch;
  private final RuntimeApiServer api;
  private final Process process;
  private final ProcessLog log;
  private final Duration timeout;
  private Duration initDuration = Duration.ZERO;
  private @Nullable String finalStdout;
  private @Nullable String finalStderr;

  LambdaProcess(
      ScratchFolder scratch,
      RuntimeApiServer api,
      Process process,
      ProcessLog log,
      Duration timeout) {
    this.scratch = scratch;
    this.api = api;
    this.process = process;
    this.log = log;
    this.timeout = timeout;
    var unused =
        process.onExit().thenAccept(ended -> api.runtimeEnded("exit status " + ended.exitValue()));
  }

  /**
   * Describes a function.
   *
   * @param taskRoot an unpacked deployment package (used in place) or a zip or jar file to unpack
   * @param handler as in the function's configuration: {@code Class} or {@code Class::method}
   * @return a builder with Lambda's defaults
   */
  public static LambdaProcessBuilder of(Path taskRoot, String handler) {
    return new LambdaProcessBuilder(taskRoot, handler);
  }

  /**
   * Invokes the function with an event and no client context.
   *
   * @param event the payload, usually JSON; not null
   * @return how the invocation ended; never null
   */
  public InvocationResult invoke(byte[] event) {
    return invoke(event, null);
  }

  /**
   * Invokes the function. Never waits much longer than the function's timeout: a function that
   * exits or takes too long is reported with the error that a caller of the real service gets, and
   * its process is gone afterwards, as on Lambda (which would start another one for the next call).
   *
   * @param event the payload, usually JSON; not null
   * @param clientContext JSON, or null for none
   * @return how the invocation ended; never null
   * @throws IllegalStateException when the process had ended before, or never took the event
   */
  public InvocationResult invoke(byte[] event, @Nullable String clientContext) {
    return invoke(event, clientContext, null);
  }

  /**
   * Invokes the function, with an answer that goes elsewhere while it is made.
   *
   * @param event the payload, usually JSON; not null
   * @param clientContext JSON, or null for none
   * @param receiver null to have the answer returned as a whole
   * @return how the invocation ended; without payload if the receiver took the answer
   * @throws IllegalStateException as above
   */
  public InvocationResult invoke(
      byte[] event, @Nullable String clientContext, @Nullable ResponseReceiver receiver) {
    if (!process.isAlive()) {
      throw failure("The function's process has ended with status " + process.exitValue(), null);
    }
    try {
      InvocationResult ended = api.invoke(event, clientContext, timeout, receiver);
      if (InvocationResult.TIMED_OUT.equals(ended.errorType())) {
        kill();
      }
      return ended;
    } catch (TimeoutException e) {
      throw failure("No thread of the function has taken the event", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while invoking", e);
    }
  }

  /**
   * From starting the process to its first request for an event.
   *
   * @return the duration of the init phase; never null
   */
  public Duration initDuration() {
    return initDuration;
  }

  /**
   * The process's id, for measuring it.
   *
   * @return the id that the operating system gave
   */
  public long pid() {
    return process.pid();
  }

  /**
   * The process's exit status, empty while it runs.
   *
   * @return the status; 128 and the signal's number after a signal
   */
  public OptionalInt exitStatus() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /**
   * What the process has written to stdout (logs, on Lambda). Whatever a handler printed before it
   * answered is in here when {@code invoke} returns. Also works after {@code close}; empty if the
   * lines were passed on.
   *
   * @return the text so far; never null
   */
  public synchronized String stdout() {
    return finalStdout != null ? finalStdout : log.text("stdout");
  }

  /**
   * What the process has written to stderr, where the runtime and the JVM complain.
   *
   * @return the text so far; never null
   */
  public synchronized String stderr() {
    return finalStderr != null ? finalStderr : log.text("stderr");
  }

  /**
   * Asks the process to end, and waits: its shutdown hooks run, and what the JVM writes at its end
   * is written. Lambda does so only where an extension is registered.
   *
   * @param limit how long it may take
   * @throws TimeoutException when the process still runs after that
   */
  public void end(Duration limit) throws TimeoutException {
    process.destroy();
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TimeoutException("The function's process still runs after " + limit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for the end", e);
    }
  }

  /** Kills the process, without a farewell as on Lambda, and deletes its temporary files. */
  @Override
  public synchronized void close() {
    if (finalStdout != null) {
      return;
    }
    kill();
    finalStdout = stdout();
    finalStderr = stderr();
    api.close();
    scratch.close();
  }

  /** Kills the process, and keeps its files until it is closed. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    awaitExit();
  }

  /** Not interruptible: files of a process that still lives could not be deleted. */
  private void awaitExit() {
    process
        .onExit()
        .completeOnTimeout(process, EXIT_LIMIT_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  private void drainLog() {
    try {
      log.drain();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // then without the last lines
    }
  }

  void awaitInit(long startNanos, Duration limit) {
    try {
      api.initialized().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      initDuration = Duration.ofNanos(System.nanoTime() - startNanos);
    } catch (ExecutionException e) {
      awaitExit(); // so that the log is complete
      drainLog();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw initFailure(String.valueOf(cause.getMessage()), cause);
    } catch (TimeoutException e) {
      throw initFailure("Init has not finished within " + limit, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw initFailure("Interrupted while waiting for init", e);
    }
  }

  private InitException initFailure(String what, Throwable cause) {
    return new InitException(what, what + logTails(), cause);
  }

  private IllegalStateException failure(String what, @Nullable Throwable cause) {
    return new IllegalStateException(what + logTails(), cause);
  }

  private String logTails() {
    return "\n--- stdout ---\n" + tail(stdout()) + "\n--- stderr ---\n" + tail(stderr());
  }

  private static String tail(String text) {
    return text.substring(Math.max(0, text.length() - LOG_TAIL_CHARS));
  }
}
