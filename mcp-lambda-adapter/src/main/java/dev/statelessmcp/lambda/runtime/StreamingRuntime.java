package dev.statelessmcp.lambda.runtime;

import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The main class of a Lambda function that streams. It replaces the runtime interface client: on a
 * managed Java runtime by {@code AWS_LAMBDA_EXEC_WRAPPER}, in a container, or as the
 * {@code bootstrap} of an OS-only runtime with a JDK. The start script for all three is the
 * resource {@code bootstrap} of this package; it must be an executable file in the function's
 * package.
 *
 * <p>The function's handler is a class, optionally followed by {@code ::handleRequest}, with a
 * public constructor without parameters, on the class path. It is a {@link StreamHandler} or a
 * {@link com.amazonaws.services.lambda.runtime.RequestStreamHandler}, whose answers are sent whole;
 * a class that is both is used as a {@code StreamHandler}, unless the environment variable
 * {@code MCP_STREAMING} is {@code off}.
 *
 * <p>An exception of the handler is reported, and the next event is served. After a
 * {@link VirtualMachineError} other than a stack overflow the process ends, and Lambda starts
 * another. With {@code AWS_LAMBDA_MAX_CONCURRENCY} set to N, as on Lambda Managed Instances, N
 * threads share one handler, and the system property {@code com.amazonaws.xray.traceHeader} is not
 * set. SnapStart is supported.
 */
public final class StreamingRuntime {
  private static final int FAILED = 1;
  // As the runtime interface client
  private static final int RESTORE_FAILED = 64;

  private final Map<String, String> variables;
  private final PrintStream out;
  private LogSink sink;

  StreamingRuntime(Map<String, String> variables, PrintStream out) {
    this.variables = variables;
    this.out = out;
    sink = new LogSink(out, FunctionEnvironment.isJsonLog(variables), LogLevel.UNDEFINED);
  }

  /**
   * Serves events until that is impossible, then ends the process with a status other than 0.
   *
   * @param args ignored: the configuration is in environment variables
   */
  public static void main(String[] args) {
    StreamingRuntime runtime = new StreamingRuntime(System.getenv(), System.out);
    int status = FAILED;
    try {
      status = runtime.run();
    } catch (Throwable t) {
      new RuntimeLogger(runtime.sink).error("The runtime ends: ", t);
    } finally {
      // A return would not end threads that the handler has started
      System.exit(status);
    }
  }

  /** Serves events until that is impossible. Returns the exit status of the process. */
  int run() {
    RuntimeApi api;
    try {
      api = api();
    } catch (IllegalArgumentException e) {
      new RuntimeLogger(sink).error(e.getMessage());
      return FAILED;
    }
    try {
      return initialize(api);
    } finally {
      api.close();
    }
  }

  private RuntimeApi api() {
    return new RuntimeApi(address());
  }

  private int initialize(RuntimeApi api) {
    FunctionEnvironment function;
    StreamHandler handler;
    try {
      function = new FunctionEnvironment(variables);
      sink = new LogSink(out, sink.json(), function.logLevel());
      handler = HandlerLoader.load(function.handler(), function.streams());
    } catch (InvalidHandlerException | IllegalArgumentException e) {
      return initFailed(api, "Runtime.BadFunctionCode", e, FAILED);
    }
    if (function.isSnapStart()) {
      int status = snapshot(api, handler);
      if (status != 0) {
        return status;
      }
    }
    return serve(api, handler, function);
  }

  /** Returns 0 in an environment that was started from the snapshot. */
  private int snapshot(RuntimeApi api, StreamHandler handler) {
    try {
      handler.beforeCheckpoint();
      api.awaitRestore();
    } catch (Exception | LinkageError e) {
      return initFailed(api, "Runtime.BeforeCheckpointError", e, RESTORE_FAILED);
    }
    try {
      handler.afterRestore();
      return 0;
    } catch (Exception | LinkageError e) {
      ErrorReport report = ErrorReport.withCauses("Runtime.AfterRestoreError", e);
      new RuntimeLogger(sink).error("The function cannot go on after its restore: ", e);
      try {
        logRefusal(api.reportRestoreError(report));
      } catch (IOException unreported) {
        new RuntimeLogger(sink).error(unreported.getMessage());
      }
      return RESTORE_FAILED;
    }
  }

  private int initFailed(RuntimeApi api, String category, Throwable failure, int status) {
    new RuntimeLogger(sink).error("The function cannot be initialised: ", failure);
    try {
      logRefusal(api.reportInitError(ErrorReport.withCauses(category, failure)));
    } catch (IOException unreported) {
      new RuntimeLogger(sink).error(unreported.getMessage());
    }
    return status;
  }

  private void logRefusal(HttpResponse answer) {
    if (!answer.isSuccess()) {
      new RuntimeLogger(sink).error("The report was answered " + answer.summary());
    }
  }

  private int serve(RuntimeApi api, StreamHandler handler, FunctionEnvironment function) {
    if (!function.isConcurrent()) {
      new InvocationLoop(api, handler, function, sink).run();
      return FAILED;
    }
    // The end of one loop ends the process: the service expects all of them
    CountDownLatch ended = new CountDownLatch(1);
    for (int i = 0; i < function.maxConcurrency(); i++) {
      Thread thread = new ServingThread(
          new InvocationLoop(new RuntimeApi(address()), handler, function, sink), ended, i);
      thread.start();
    }
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return FAILED;
  }

  private String address() {
    String address = variables.get("AWS_LAMBDA_RUNTIME_API");
    if (address == null) {
      throw new IllegalArgumentException(
          "AWS_LAMBDA_RUNTIME_API is not set: this runs on Lambda, or with an emulator of it");
    }
    return address;
  }

  /** Not a lambda expression, whose machinery would be loaded at the start. */
  private static final class ServingThread extends Thread {
    private final InvocationLoop loop;
    private final CountDownLatch ended;

    ServingThread(InvocationLoop loop, CountDownLatch ended, int number) {
      super("runtime-" + number);
      setDaemon(true);
      this.loop = loop;
      this.ended = ended;
    }

    @Override
    public void run() {
      try {
        loop.run();
      } finally {
        ended.countDown();
      }
    }
  }
}
