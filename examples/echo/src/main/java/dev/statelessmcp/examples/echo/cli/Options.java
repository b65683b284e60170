package dev.statelessmcp.examples.echo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The options of the command line.
 *
 * @param help whether to print the options and exit
 * @param mode the transport
 * @param host the address to listen on
 * @param port the port to listen on; 0 for any free port
 * @param allowedHosts the allowed {@code Host} header values; null if they are not given
 * @param allowedOrigins the allowed {@code Origin} header values; null if they are not given
 */
public record Options(
    boolean help,
    Mode mode,
    String host,
    int port,
    List<String> allowedHosts,
    List<String> allowedOrigins) {

  /** The transports. */
  public enum Mode {
    /** Standard input and output. */
    STDIO("stdio"),
    /** A web server. */
    STREAMABLE_HTTP("streamable-http"),
    /** Part of a web application that also serves other pages. */
    MOUNTED("mounted");

    private final String word;

    Mode(String word) {
      this.word = word;
    }

    static Mode of(String word) throws UsageException {
      for (Mode mode : values()) {
        if (mode.word.equals(word)) {
          return mode;
        }
      }
      throw new UsageException(
          "--mode must be stdio, streamable-http, mounted or lambda, was \"" + word + "\"");
    }
  }

  /** What {@code --help} prints. */
  public static final String HELP = """
      Usage: java -jar echo.jar [options]

        --mode streamable-http   serve http://<host>:<port>/mcp (the default)
        --mode stdio             serve standard input and output
        --mode mounted           serve a web application with http://<host>:<port>/echo/mcp in it
        --mode lambda            run the Lambda function in echo-lambda.zip, next to this jar, with
                                 AWS's runtime client, at http://127.0.0.1:<port>/dev/echo/mcp; its
                                 options are shown by --mode lambda --help
        --host <address>         listen on this address (127.0.0.1)
        --port <number>          listen on this port (8000); 0 for any free port
        --allowed-hosts <list>   allowed host names, separated by commas; required unless the
                                 address is a loopback address (also: MCP_ALLOWED_HOSTS)
        --allowed-origins <list> origins whose web pages may call, separated by commas, or none;
                                 required unless the address is a loopback address
                                 (also: MCP_ALLOWED_ORIGINS)
        --help                   show this

      The variables MCP_OAUTH_* require access tokens; without them all callers are accepted.
      """;

  /**
   * Reads the command line.
   *
   * @param arguments the arguments of the process
   * @param environment the environment of the process, for the defaults
   * @return the options
   * @throws UsageException if an option is unknown or its value is not valid
   */
  public static Options parse(String[] arguments, Map<String, String> environment)
      throws UsageException {
    boolean help = false;
    Mode mode = Mode.STREAMABLE_HTTP;
    String host = "127.0.0.1";
    int port = 8000;
    List<String> hosts = list(environment.getOrDefault("MCP_ALLOWED_HOSTS", ""));
    List<String> origins = list(environment.getOrDefault("MCP_ALLOWED_ORIGINS", ""));
    for (int i = 0; i < arguments.length; i++) {
      String option = arguments[i];
      switch (option) {
        case "--help", "-h" -> help = true;
        case "--mode" -> mode = Mode.of(value(arguments, ++i, option));
        case "--host" -> host = value(arguments, ++i, option);
        case "--port" -> port = port(value(arguments, ++i, option));
        case "--allowed-hosts" -> hosts = list(value(arguments, ++i, option));
        case "--allowed-origins" -> origins = list(value(arguments, ++i, option));
        default -> throw new UsageException("unknown option \"" + option + "\"");
      }
    }
    return new Options(help, mode, host, port, hosts, origins);
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

  private static List<String> list(String text) {
    List<String> words = new ArrayList<>();
    for (String word : text.split(",", -1)) {
      if (!word.isBlank()) {
        words.add(word.strip());
      }
    }
    return words.isEmpty() ? null : List.copyOf(words);
  }
}
