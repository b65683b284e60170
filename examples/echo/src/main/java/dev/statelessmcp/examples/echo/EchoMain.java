package dev.statelessmcp.examples.echo;

import dev.statelessmcp.examples.echo.cli.Options;
import dev.statelessmcp.examples.echo.cli.UsageException;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.jetty.McpHttpServer;
import dev.statelessmcp.lambda.local.cli.LambdaMode;
import dev.statelessmcp.stdio.StdioTransport;
import java.io.IOException;
import java.net.URI;
import java.util.OptionalInt;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;

/** The command line: {@code java -jar echo.jar --help}. */
public final class EchoMain {
  /** Jetty's log. Kept in a field, because a collected logger loses its level. */
  private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

  /** The class is named as a string because it is in the deployment package and not in this jar. */
  private static final LambdaMode LAMBDA = new LambdaMode(
      EchoMain.class, "echo-lambda.zip", "dev.statelessmcp.examples.echo.EchoLambda", "/echo/mcp");

  private EchoMain() {}

  /**
   * Runs the server until it is stopped, or until its input ends.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Returns the exit code: 0, 1 if the server could not run, 2 if an option is not valid. */
  private static int run(String[] arguments) {
    OptionalInt lambda = LAMBDA.run(arguments);
    if (lambda.isPresent()) {
      return lambda.getAsInt();
    }
    try {
      Options options = Options.parse(arguments, System.getenv());
      if (options.help()) {
        System.out.print(Options.HELP);
        return 0;
      }
      JETTY.setLevel(Level.WARNING);
      switch (options.mode()) {
        case STDIO -> StdioTransport.of(EchoServer.create()).run();
        case STREAMABLE_HTTP -> serveHttp(options);
        case MOUNTED -> serveMounted(options);
      }
      return 0;
    } catch (UsageException e) {
      System.err.println("echo: " + e.getMessage() + "; --help shows the options");
      return 2;
    } catch (IllegalArgumentException e) { // an unusable address or list
      System.err.println("echo: " + e.getMessage() + "; --help shows the options");
      return 2;
    } catch (IOException e) {
      System.err.println("echo: cannot listen: " + e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      return 0;
    }
  }

  private static void serveHttp(Options options) throws IOException, InterruptedException {
    McpHttpServer http = McpHttpServer.builder(EchoServer.create())
        .host(options.host())
        .port(options.port())
        .allowedHosts(options.allowedHosts())
        .allowedOrigins(options.allowedOrigins())
        .authenticator(authenticator())
        .start();
    listening(http.uri());
    http.join();
  }

  /** Accepts all callers, unless the variables MCP_OAUTH_* require access tokens. */
  static Authenticator authenticator() {
    return Authenticator.fromEnvironment(System.getenv()).orElse(Authenticator.NONE);
  }

  private static void serveMounted(Options options) throws IOException, InterruptedException {
    Server server = EchoMountedMode.newServer(options);
    server.setStopAtShutdown(true);
    try {
      server.start();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("Jetty did not start", e);
    }
    int port = ((NetworkConnector) server.getConnectors()[0]).getLocalPort();
    listening(URI.create("http://" + options.host() + ":" + port + "/echo/mcp"));
    server.join();
  }

  private static void listening(URI uri) {
    System.err.println("echo: listening on " + uri);
  }
}
