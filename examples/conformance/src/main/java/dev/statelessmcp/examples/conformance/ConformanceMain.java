package dev.statelessmcp.examples.conformance;

import dev.statelessmcp.examples.conformance.cli.Options;
import dev.statelessmcp.examples.conformance.cli.UsageException;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.jetty.McpHttpServer;
import dev.statelessmcp.lambda.local.cli.LambdaMode;
import dev.statelessmcp.stdio.StdioTransport;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The command line: {@code java -jar conformance.jar --help}. */
public final class ConformanceMain {
  /** Jetty's log. Kept in a field, because a collected logger loses its level. */
  private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

  /** The class is named as a string because it is in the deployment package and not in this jar. */
  private static final LambdaMode LAMBDA = new LambdaMode(
      ConformanceMain.class,
      "conformance-lambda.zip",
      "dev.statelessmcp.examples.conformance.ConformanceLambda",
      "/mcp");

  private ConformanceMain() {}

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
      Options options = Options.parse(System.getenv(), arguments);
      if (options.help()) {
        System.out.print(Options.HELP);
        return 0;
      }
      JETTY.setLevel(Level.WARNING);
      switch (options.mode()) {
        case STDIO ->
          StdioTransport.of(ConformanceServer.create(options.settings())).run();
        case STREAMABLE_HTTP -> serveHttp(options);
      }
      return 0;
    } catch (UsageException | IllegalArgumentException e) { // the latter for an unusable address
      System.err.println("conformance: " + e.getMessage() + "; --help shows the options");
      return 2;
    } catch (IOException e) {
      System.err.println("conformance: cannot listen: " + e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      return 0;
    }
  }

  static McpHttpServer.Builder http(Options options) {
    return McpHttpServer.builder(ConformanceServer.create(options.settings()))
        .host(options.host())
        .port(options.port())
        .authenticator(authenticator(options.settings()))
        .legacySessions(options.legacySessions());
  }

  private static Authenticator authenticator(Settings settings) {
    return Authenticator.fromEnvironment(System.getenv())
        .orElseGet(() -> TokenAuthenticator.of(settings.tokens()));
  }

  private static void serveHttp(Options options) throws IOException, InterruptedException {
    McpHttpServer http = http(options).start();
    System.err.println("conformance: listening on " + http.uri());
    http.join();
  }
}
