package dev.statelessmcp.lambda.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A function in a separate execution environment: AWS's Java runtime interface client in a child
 * JVM, with the function's files where Lambda puts them, which polls a {@link RuntimeApiServer}.
 *
 * <p>It tests the deployment package: the handler sees only the files in the task root, and none of
 * this JVM's environment variables. Needs Linux, because the client has a native library only for
 * Linux.
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
   * Creates a builder of a function.
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
   * Invokes the function. Waits at most slightly longer than the function's timeout. If the
   * function exits or takes too long, the result has the error of the service, and its process
   * ends, as on Lambda, which would start another one for the next call.
   *
   * @param event the payload, usually JSON; not null
   * @param clientContext JSON, or null for none
   * @return the result; never null
   * @throws IllegalStateException if the process had already ended, or did not take the event
   */
  public InvocationResult invoke(byte[] event, @Nullable String clientContext) {
    return invoke(event, clientContext, null);
  }

  /**
   * Invokes the function, and passes its answer to a receiver piece by piece.
   *
   * @param event the payload, usually JSON; not null
   * @param clientContext JSON, or null for none
   * @param receiver receives the answer; null to return it as a whole
   * @return the result; without payload if the receiver got the answer
   * @throws IllegalStateException as {@link #invoke(byte[], String)} does
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
   * The time from the start of the process to its first request for an event.
   *
   * @return the duration of the init phase; never null
   */
  public Duration initDuration() {
    return initDuration;
  }

  /**
   * The id of the process.
   *
   * @return the id of the operating system
   */
  public long pid() {
    return process.pid();
  }

  /**
   * The exit status of the process.
   *
   * @return the status; 128 plus the number of the signal after a signal; empty while it runs
   */
  public OptionalInt exitStatus() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /**
   * The standard output of the process, which is the log on Lambda. When {@code invoke} returns, it
   * has all output of the handler before the answer. May be called after {@code close}.
   *
   * @return the text so far; empty if {@link LambdaProcessBuilder#output} is set; never null
   */
  public synchronized String stdout() {
    return finalStdout != null ? finalStdout : log.text("stdout");
  }

  /**
   * The standard error of the process, with messages of the runtime and the JVM.
   *
   * @return the text so far; never null
   */
  public synchronized String stderr() {
    return finalStderr != null ? finalStderr : log.text("stderr");
  }

  /**
   * Ends the process with SIGTERM and waits, so that shutdown hooks run and the JVM writes its
   * files. Lambda does so only if an extension is registered.
   *
   * @param limit the maximum time
   * @throws TimeoutException if the process still runs after that
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

  /** Kills the process, as Lambda does, and deletes its temporary files. */
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

  /**
   * Waits for the end of the process. Not interruptible, because its files cannot be deleted
   * before.
   */
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
