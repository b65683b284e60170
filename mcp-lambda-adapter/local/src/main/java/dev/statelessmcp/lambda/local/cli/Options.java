package dev.statelessmcp.lambda.local.cli;

import dev.statelessmcp.lambda.local.async.Settings;
import dev.statelessmcp.lambda.local.event.EventFormats;
import dev.statelessmcp.lambda.local.event.Gateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of the command line, with their defaults.
 *
 * @param help true to show only the options; the other values are then not set
 * @param event the event format's name
 * @param handler as in the function's configuration
 * @param code the deployment package, which may not exist
 * @param port 0 for a free one
 * @param gateway stage, paths and binary media types
 * @param memoryMb the function's memory
 * @param timeoutSeconds the function's timeout
 * @param environment the function's variables
 * @param environments the maximum number of processes
 * @param callsEach the number of concurrent calls of a process; 0 without Managed Instances
 * @param stream whether answers are streamed
 * @param snapStart whether the function is restored before its first event
 * @param asynchronous how asynchronous invocations and messages of the queue are delivered
 * @param killSeconds how often a random environment is killed; 0 for never
 * @param javaHome the Java that runs the function
 * @param archive the path of a copy of the package with a class-data archive; null to serve
 * @param tool the tool that is called for the archive; null for none
 * @param toolArguments its arguments, a JSON object
 */
record Options(
    boolean help,
    String event,
    String handler,
    Path code,
    int port,
    Gateway gateway,
    int memoryMb,
    int timeoutSeconds,
    Map<String, String> environment,
    int environments,
    int callsEach,
    boolean stream,
    boolean snapStart,
    Settings asynchronous,
    int killSeconds,
    Path javaHome,
    @Nullable Path archive,
    @Nullable String tool,
    String toolArguments) {

  static final String HELP = """
      Usage: java -jar lambda-local.jar --event NAME --handler CLASS --code FILE [options]

        --event NAME           the service in front of the function:
                                 rest       API Gateway, REST API
                                 http       API Gateway, HTTP API with payload 2.0
                                 http1      API Gateway, HTTP API with payload 1.0
                                 url        function URL
                                 alb        Application Load Balancer
                                 alb-multi  the same, with multi-value headers on
                                 lattice    VPC Lattice, event structure 2.0
                                 lattice1   VPC Lattice, event structure 1.0
                                 direct     the Invoke operation: POST the event itself
        --handler CLASS        as in the function's configuration: Class or Class::method
        --code FILE            the deployment package: a zip or jar file, or a folder
        --port NUMBER          listen on this port of 127.0.0.1 (3000); 0 for any free port
        --stage NAME           the API's stage, for rest (dev) and http (the default stage)
        --path PATH            route only this path and those below it; may be repeated
        --binary-types LIST    media types that a REST API encodes in base64, separated by commas
        --memory MB            the function's memory, 128 to 10240 (512)
        --timeout SECONDS      the function's timeout, 1 to 900 (15)
        --env NAME=VALUE       an environment variable of the function; may be repeated
        --concurrency N        at most N execution environments, each a process (10)
        --max-concurrency M    one process that serves M calls at once, as on Lambda Managed
                               Instances
        --stream               response streaming, for rest and url; the function's package needs
                               the streaming runtime of mcp-lambda-adapter
        --snap-start           run the restore hooks of SnapStart before the first event
        --retry-delay SECONDS  the time before the first retry of a failed asynchronous invocation;
                               twice that before the second retry (60)
        --visibility-timeout SECONDS
                               the visibility timeout of the queue in TASK_QUEUE_URL (30)
        --deliver-twice PERCENT
                               the percentage of events that are delivered twice, as AWS may (0)
        --kill-every SECONDS   kill a random environment in this interval; POST /kill to the address
                               in AWS_ENDPOINT_URL_LAMBDA kills one
        --seed NUMBER          the random seed for duplicates and kills (1)
        --java HOME            the JDK or JRE for the function (by default that of this process)
        --archive FILE         do not serve: write a copy of the package, a zip file or a folder,
                               with a class-data archive (an AOT cache from Java 25 on) for the
                               JDK of --java; see docs/cold-start.md
        --tool NAME            with --archive: a tool to call, with its side effects (none)
        --arguments JSON       with --tool: its arguments ({})
        --help                 show this
      """;

  private static final Set<String> FLAGS = Set.of("--help", "--stream", "--snap-start");
  private static final Set<String> REPEATABLE = Set.of("--path", "--env");
  private static final Set<String> ONCE = Set.of(
      "--event",
      "--handler",
      "--code",
      "--port",
      "--stage",
      "--binary-types",
      "--memory",
      "--timeout",
      "--concurrency",
      "--max-concurrency",
      "--retry-delay",
      "--visibility-timeout",
      "--deliver-twice",
      "--kill-every",
      "--seed",
      "--java",
      "--archive",
      "--tool",
      "--arguments");

  private static final Set<String> STAGED = Set.of("rest", "http", "http1");
  private static final Set<String> STREAMED = Set.of("rest", "url");

  /**
   * Reads the command line.
   *
   * @throws UsageException if it is invalid
   */
  static Options parse(String[] arguments) throws UsageException {
    Arguments given = Arguments.read(arguments, FLAGS, ONCE, REPEATABLE);
    if (given.has("--help")) {
      Path none = Path.of("");
      Gateway gateway = new Gateway(null, List.of(), List.of());
      return new Options(
          true,
          "",
          "",
          none,
          0,
          gateway,
          0,
          0,
          Map.of(),
          0,
          0,
          false,
          false,
          Settings.DEFAULT,
          0,
          none,
          null,
          null,
          "");
    }
    String event = given.required("--event");
    if (!EventFormats.NAMES.contains(event)) {
      throw new UsageException("--event must be one of " + String.join(", ", EventFormats.NAMES)
          + ", was \"" + event + "\"");
    }
    onlyFor(STREAMED, event, given, "--stream");
    onlyFor(STAGED, event, given, "--stage");
    onlyFor(Set.of("rest"), event, given, "--binary-types");
    if (given.has("--concurrency") && given.has("--max-concurrency")) {
      throw new UsageException("--concurrency and --max-concurrency exclude each other");
    }
    requires(given, "--tool", "--archive");
    requires(given, "--arguments", "--tool");
    int callsEach =
        given.has("--max-concurrency") ? given.number("--max-concurrency", 1, 1, 1600) : 0;
    return new Options(
        false,
        event,
        given.required("--handler"),
        Path.of(given.required("--code")),
        given.number("--port", 3000, 0, 65_535),
        gateway(given),
        given.number("--memory", 512, 128, 10_240),
        given.number("--timeout", 15, 1, 900),
        variables(given),
        callsEach > 0 ? 1 : given.number("--concurrency", 10, 1, 1000),
        callsEach,
        given.has("--stream"),
        given.has("--snap-start"),
        asynchronous(given),
        given.number("--kill-every", 0, 1, 3600),
        javaHome(given),
        given.value("--archive").map(Path::of).orElse(null),
        given.value("--tool").orElse(null),
        given.value("--arguments").orElse("{}"));
  }

  private static Settings asynchronous(Arguments given) throws UsageException {
    return new Settings(
        Duration.ofSeconds(given.number("--retry-delay", 60, 1, 3600)),
        Duration.ofSeconds(given.number("--visibility-timeout", 30, 1, 43_200)),
        Settings.DEFAULT.maxReceives(),
        given.number("--deliver-twice", 0, 0, 100),
        given.number("--seed", 1, 0, Integer.MAX_VALUE));
  }

  private static void onlyFor(Set<String> events, String event, Arguments given, String option)
      throws UsageException {
    if (given.has(option) && !events.contains(event)) {
      throw new UsageException(option + " is not for --event " + event);
    }
  }

  private static void requires(Arguments given, String option, String other) throws UsageException {
    if (given.has(option) && !given.has(other)) {
      throw new UsageException(option + " is only for " + other);
    }
  }

  private static Gateway gateway(Arguments given) throws UsageException {
    String stage = given.value("--stage").orElse(null);
    if (stage != null && !stage.matches("[A-Za-z0-9_-]+")) {
      throw new UsageException("--stage must be letters, digits, - and _, was \"" + stage + "\"");
    }
    List<String> paths = new ArrayList<>();
    for (String path : given.values("--path")) {
      if (!path.matches("(/[^/?#\\s]+)+")) {
        throw new UsageException(
            "--path must be like /echo/mcp, without the stage, was \"" + path + "\"");
      }
      paths.add(path);
    }
    String types = given.value("--binary-types").orElse("");
    return new Gateway(stage, paths, types.isBlank() ? List.of() : List.of(types.split(" *, *")));
  }

  private static Map<String, String> variables(Arguments given) throws UsageException {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String variable : given.values("--env")) {
      int equals = variable.indexOf('=');
      if (equals < 1) {
        throw new UsageException("--env must be NAME=VALUE, was \"" + variable + "\"");
      }
      variables.put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    return variables;
  }

  private static Path javaHome(Arguments given) throws UsageException {
    Path home = Path.of(given.value("--java").orElse(System.getProperty("java.home")));
    if (!Files.isExecutable(home.resolve("bin").resolve("java"))) {
      throw new UsageException("--java has no bin/java: " + home);
    }
    return home;
  }
}
