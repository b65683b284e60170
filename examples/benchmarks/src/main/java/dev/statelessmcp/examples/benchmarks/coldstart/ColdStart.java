package dev.statelessmcp.examples.benchmarks.coldstart;

import dev.statelessmcp.lambda.local.ClassDataArchive;
import dev.statelessmcp.lambda.local.InvocationResult;
import dev.statelessmcp.lambda.local.LambdaProcess;
import dev.statelessmcp.lambda.local.LambdaProcessBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Starts a function in a new process, calls it once, and ends it. */
final class ColdStart {
  /** Enough for the slowest function with the smallest CPU share, on a busy machine. */
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private static final Duration EXIT_LIMIT = Duration.ofMinutes(1);

  private final EchoCall call;
  private final TestIssuer issuer;
  private final Path runtimeFolder;

  /**
   * Describes how functions are started.
   *
   * @param issuer for the function that checks access tokens
   * @param runtimeFolder where the runtime client is unpacked, once for all processes: a class-data
   *     archive is refused when the class path has changed
   */
  ColdStart(EchoCall call, TestIssuer issuer, Path runtimeFolder) {
    this.call = call;
    this.issuer = issuer;
    this.runtimeFolder = runtimeFolder;
  }

  /**
   * Measures one start.
   *
   * @param quota limits the CPU of the process after its init phase; null for no limit
   * @throws IOException when the answer is wrong, or something cannot be measured
   */
  Sample measure(Setting setting, Variant variant, Path root, List<String> flags, CpuQuota quota)
      throws IOException {
    try (LambdaProcess function = start(setting, variant, root, flags)) {
      ProcessUsage usage = new ProcessUsage(function.pid());
      if (quota != null) {
        quota.confine(function.pid());
      }
      double initCpu = usage.cpuMillis();
      InvocationResult answer = function.invoke(event(variant));
      double cpu = usage.cpuMillis();
      double peak = usage.peakMib();
      call.check(answer);
      return new Sample(
          millis(function.initDuration()), millis(answer.duration()), cpu, cpu - initCpu, peak);
    }
  }

  /** Starts and calls the function without measuring, and lets the JVM exit normally. */
  void train(Setting setting, Variant variant, Path root, List<String> flags) throws IOException {
    try (LambdaProcess function = start(setting, variant, root, flags)) {
      call.check(function.invoke(event(variant)));
      function.end(EXIT_LIMIT);
    } catch (TimeoutException e) {
      throw new IOException("The function's process did not exit when told to", e);
    }
  }

  /** Adds a class-data archive to the unpacked package of a variant that is measured with one. */
  void addArchive(Setting setting, Variant variant, Path root) throws IOException {
    ClassDataArchive.add(
        root,
        variant.handler(),
        setting.jdk().home(),
        function -> configure(setting, variant, function),
        List.of(call.event()));
  }

  private LambdaProcess start(Setting setting, Variant variant, Path root, List<String> flags)
      throws IOException {
    LambdaProcessBuilder function = LambdaProcess.of(root, variant.handler())
        .javaHome(setting.jdk().home())
        .jvmFlags(flags.toArray(String[]::new));
    if (variant.isArchived()) {
      function.execWrapper("bootstrap");
    }
    configure(setting, variant, function);
    return function.start();
  }

  private void configure(Setting setting, Variant variant, LambdaProcessBuilder function) {
    function.memoryMb(setting.share().memoryMb()).timeout(TIMEOUT).runtimeFolder(runtimeFolder);
    if (variant.isArchived()) {
      function.environment("MCP_STREAMING", "off");
    }
    if (variant == Variant.ECHO_OAUTH) {
      issuer.environment().forEach(function::environment);
    }
  }

  private byte[] event(Variant variant) {
    return variant == Variant.ECHO_OAUTH ? call.event(issuer.token()) : call.event();
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
