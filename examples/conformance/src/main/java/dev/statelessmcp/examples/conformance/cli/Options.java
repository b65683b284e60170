package dev.statelessmcp.examples.conformance.cli;

import dev.statelessmcp.examples.conformance.Settings;
import java.util.HashMap;
import java.util.Map;

/**
 * The options of the command line.
 *
 * @param help whether to print the options and exit
 * @param mode the transport
 * @param host the address to listen on
 * @param port the port to listen on; 0 for any free port
 * @param legacySessions whether clients of 2025-11-25 and before get sessions
 * @param settings those of the server
 */
public record Options(
    boolean help, Mode mode, String host, int port, boolean legacySessions, Settings settings) {

  /** The options that can also be set by the environment, with their variables. */
  private static final Map<String, String> VARIABLES = Map.of(
      "--page-size", "CONFORMANCE_PAGE_SIZE",
      "--state-ttl", "CONFORMANCE_STATE_TTL",
      "--tokens", "CONFORMANCE_TOKENS");

  /** The transports. */
  public enum Mode {
    /** Standard input and output. */
    STDIO,
    /** A web server. */
    STREAMABLE_HTTP;

    static Mode of(String word) throws UsageException {
      return switch (word) {
        case "stdio" -> STDIO;
        case "streamable-http" -> STREAMABLE_HTTP;
        default ->
          throw new UsageException(
              "--mode must be stdio, streamable-http or lambda, was \"" + word + "\"");
      };
    }
  }

  /** What {@code --help} prints. */
  public static final String HELP = """
      Usage: java -jar conformance.jar [options]

        --mode streamable-http   serve http://<host>:<port>/mcp (the default)
        --mode stdio             serve standard input and output
        --mode lambda            run the Lambda function in conformance-lambda.zip, next to this jar,
                                 with AWS's runtime client, at http://127.0.0.1:<port>/dev/mcp;
                                 its options are shown by --mode lambda --help
        --host <address>         listen on this loopback address (127.0.0.1)
        --port <number>          listen on this port (8000); 0 for any free port
        --legacy-sessions        keep sessions for clients of 2025-11-25 and earlier
        --page-size <number>     the maximum number of items on a page of a list (1000)
        --state-ttl <seconds>    refuse answers to a question after this time (900)
        --tokens <a,b,...>       require a bearer token: a is that of principal-1, b of principal-2
        --help                   show this

      The last three are also read from CONFORMANCE_PAGE_SIZE, CONFORMANCE_STATE_TTL and
      CONFORMANCE_TOKENS, also by the Lambda function (--mode lambda --env NAME=VALUE).
      """;

  /**
   * Reads the command line.
   *
   * @param environment the environment variables
   * @param arguments the arguments of the process
   * @return the options
   * @throws UsageException if an option is unknown or its value is not valid
   */
  public static Options parse(Map<String, String> environment, String... arguments)
      throws UsageException {
    boolean help = false;
    Mode mode = Mode.STREAMABLE_HTTP;
    String host = "127.0.0.1";
    int port = 8000;
    boolean legacySessions = false;
    Map<String, String> settings = new HashMap<>(environment);
    for (int i = 0; i < arguments.length; i++) {
      String option = arguments[i];
      switch (option) {
        case "--help", "-h" -> help = true;
        case "--mode" -> mode = Mode.of(value(arguments, ++i, option));
        case "--host" -> host = value(arguments, ++i, option);
        case "--port" -> port = port(value(arguments, ++i, option));
        case "--legacy-sessions" -> legacySessions = true;
        case "--page-size", "--state-ttl", "--tokens" ->
          settings.put(VARIABLES.get(option), value(arguments, ++i, option));
        default -> throw new UsageException("unknown option \"" + option + "\"");
      }
    }
    if (legacySessions && mode == Mode.STDIO) {
      throw new UsageException("--legacy-sessions is for --mode streamable-http");
    }
    if (mode == Mode.STDIO && settings.containsKey(VARIABLES.get("--tokens"))) {
      throw new UsageException("--tokens is for --mode streamable-http");
    }
    return new Options(help, mode, host, port, legacySessions, settings(settings));
  }

  private static Settings settings(Map<String, String> texts) throws UsageException {
    try {
      return Settings.of(texts);
    } catch (IllegalArgumentException e) {
      String message = e.getMessage();
      for (Map.Entry<String, String> variable : VARIABLES.entrySet()) {
        message = message.replace(variable.getValue(), variable.getKey());
      }
      throw new UsageException(message);
    }
  }

  private static String value(String[] arguments, int i, String option) throws UsageException {
    if (i == arguments.length || arguments[i].startsWith("--")) {
      throw new UsageException(option + " needs a value");
    }
    return arguments[i];
  }

  private static int port(String text) throws UsageException {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw new UsageException("--port must be a number from 0 to 65535, was \"" + text + "\"");
  }
}
