package dev.statelessmcp.lambda.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Builds a {@link LambdaProcess} from the configuration of a function. Not thread-safe. */
public final class LambdaProcessBuilder {
  private final Path taskRoot;
  private final String handler;
  private final List<String> jvmFlags = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private @Nullable Consumer<String> output;
  private @Nullable String ownRuntime;
  private @Nullable String execWrapper;
  private Path javaHome = Path.of(System.getProperty("java.home"));
  private @Nullable Path runtimeFolder;
  private String name = "function";
  private int memoryMb = 512;
  private Duration timeout = Duration.ofSeconds(15);
  private Duration initTimeout = Duration.ofSeconds(30);

  LambdaProcessBuilder(Path taskRoot, String handler) {
    this.taskRoot = taskRoot.toAbsolutePath();
    this.handler = handler;
  }

  /**
   * Sets the Java that runs the function.
   *
   * @param javaHome the home of a JDK or JRE; by default that of this JVM
   * @return this builder
   */
  public LambdaProcessBuilder javaHome(Path javaHome) {
    this.javaHome = javaHome;
    return this;
  }

  /**
   * Adds JVM flags, which override those of the managed runtimes.
   *
   * @param flags such as {@code -Xlog:class+load}
   * @return this builder
   */
  public LambdaProcessBuilder jvmFlags(String... flags) {
    jvmFlags.addAll(List.of(flags));
    return this;
  }

  /**
   * Adds an environment variable, or replaces one of Lambda's.
   *
   * @param name the name of the variable
   * @param value its value
   * @return this builder
   */
  public LambdaProcessBuilder environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /**
   * Sets the name of the function, which is also the end of its ARN.
   *
   * @param name by default {@code function}
   * @return this builder
   */
  public LambdaProcessBuilder name(String name) {
    this.name = name;
    return this;
  }

  /**
   * Sets the memory of the function. The maximum heap is 85 % of it.
   *
   * @param memoryMb in MB; by default 512
   * @return this builder
   */
  public LambdaProcessBuilder memoryMb(int memoryMb) {
    this.memoryMb = memoryMb;
    return this;
  }

  /**
   * Sets the timeout of the function.
   *
   * @param timeout by default 15 seconds
   * @return this builder
   */
  public LambdaProcessBuilder timeout(Duration timeout) {
    this.timeout = timeout;
    return this;
  }

  /**
   * Sets the time limit of the init phase. It is 10 seconds on Lambda; the default here is longer,
   * for busy machines.
   *
   * @param initTimeout by default 30 seconds
   * @return this builder
   */
  public LambdaProcessBuilder initTimeout(Duration initTimeout) {
    this.initTimeout = initTimeout;
    return this;
  }

  /**
   * Unpacks the runtime client into a folder that outlives the process, because a class-data
   * archive is valid only for the same files.
   *
   * @param runtimeFolder an empty folder, or the folder of an earlier process
   * @return this builder
   */
  public LambdaProcessBuilder runtimeFolder(Path runtimeFolder) {
    this.runtimeFolder = runtimeFolder.toAbsolutePath();
    return this;
  }

  /**
   * Passes the output of the process to a consumer, line by line, instead of storing it.
   *
   * @param lines called by two threads, for stdout and for stderr
   * @return this builder
   */
  public LambdaProcessBuilder output(Consumer<String> lines) {
    output = lines;
    return this;
  }

  /**
   * Starts another runtime than the managed one, as {@code AWS_LAMBDA_EXEC_WRAPPER} can on Lambda.
   *
   * @param mainClass a class in the function's package, whose classes and {@code lib} folder are
   *     then the whole class path
   * @return this builder
   */
  public LambdaProcessBuilder ownRuntime(String mainClass) {
    ownRuntime = mainClass;
    return this;
  }

  /**
   * Starts the function with a script, as {@code AWS_LAMBDA_EXEC_WRAPPER} does: the arguments of
   * the script are the command. The flags of {@link #jvmFlags} are then in
   * {@code JAVA_TOOL_OPTIONS}, because a script may drop those of the command.
   *
   * @param script a file of the package, relative to its root, for {@code /bin/sh}
   * @return this builder
   */
  public LambdaProcessBuilder execWrapper(String script) {
    execWrapper = script;
    return this;
  }

  /**
   * Starts the process and waits for the end of its init phase.
   *
   * @return the running function; close it to end its process
   * @throws InitException if init fails, ends the process or takes too long; the message has the
   *     reported error and the end of the log
   * @throws IOException if the package cannot be unpacked, or Java cannot be started
   */
  public LambdaProcess start() throws IOException {
    ScratchFolder scratch = ScratchFolder.create();
    RuntimeApiServer api = null;
    LambdaProcess function = null;
    try {
      api = RuntimeApiServer.start("arn:aws:lambda:us-east-1:123456789012:function:" + name);
      Path root = Files.isDirectory(taskRoot) ? taskRoot : scratch.unzip(taskRoot, "task");
      ProcessLog log = new ProcessLog(scratch.path(), output);
      ProcessBuilder prepared = prepare(root, scratch, log, api.address());
      long startNanos = System.nanoTime(); // unpacking is not part of the init phase
      Process process = prepared.start();
      log.follow(process);
      function = new LambdaProcess(scratch, api, process, log, timeout);
      function.awaitInit(startNanos, initTimeout);
      return function;
    } catch (IOException | RuntimeException | Error e) {
      if (function != null) {
        function.close();
      } else {
        if (api != null) {
          api.close();
        }
        scratch.close();
      }
      throw e;
    }
  }

  private ProcessBuilder prepare(Path root, ScratchFolder scratch, ProcessLog log, String address)
      throws IOException {
    List<String> command = new ArrayList<>();
    if (execWrapper != null) {
      command.addAll(List.of("/bin/sh", root.resolve(execWrapper).toString()));
    }
    command.add(javaHome.resolve("bin").resolve("java").toString());
    command.add("-Xmx" + memoryMb * 1024L * 85 / 100 + "k");
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Djava.io.tmpdir=" + scratch.folder("tmp"));
    if (ownRuntime == null) {
      RuntimeClient client =
          RuntimeClient.unpack(runtimeFolder == null ? scratch.folder("runtime") : runtimeFolder);
      command.add("--enable-native-access=ALL-UNNAMED"); // the client's; Java 25 warns without it
      command.add(client.nativeLibraryFlag());
      command.addAll(jvmFlags);
      command.addAll(List.of("-cp", client.classPath(), RuntimeClient.MAIN_CLASS, handler));
    } else {
      command.addAll(jvmFlags);
      String classPath = root + File.pathSeparator + root.resolve("lib").resolve("*");
      command.addAll(List.of("-cp", classPath, ownRuntime, handler));
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(root.toFile()); // where the client's class loader looks for the function
    log.redirect(builder);
    builder.environment().clear(); // no proxies, no developer's credentials, no JVM options
    builder.environment().putAll(lambdaEnvironment(root, address));
    if (execWrapper != null && !jvmFlags.isEmpty()) {
      builder.environment().put("JAVA_TOOL_OPTIONS", String.join(" ", jvmFlags));
    }
    builder.environment().putAll(environment);
    return builder;
  }

  private Map<String, String> lambdaEnvironment(Path root, String address) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("AWS_LAMBDA_RUNTIME_API", address);
    variables.put("AWS_LAMBDA_FUNCTION_NAME", name);
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(memoryMb));
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + name);
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
    variables.put("AWS_REGION", "us-east-1");
    variables.put("AWS_DEFAULT_REGION", "us-east-1");
    variables.put("LAMBDA_TASK_ROOT", root.toString());
    variables.put("_HANDLER", handler);
    variables.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    variables.put("LANG", "C.UTF-8"); // en_US.UTF-8 on Lambda, which not all machines have
    variables.put("TZ", ":UTC");
    return variables;
  }
}
