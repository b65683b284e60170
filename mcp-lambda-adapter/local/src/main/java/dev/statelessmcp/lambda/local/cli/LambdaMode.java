package dev.statelessmcp.lambda.local.cli;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Adds a mode to the command line of a server that runs its Lambda function locally: {@code --mode
 * lambda}, with the options of {@link LambdaLocalMain}.
 *
 * @param main the server's main class, whose jar is next to the deployment package
 * @param zip the name of the deployment package
 * @param handler the class of the function
 * @param path the path of the endpoint, without a stage
 */
public record LambdaMode(Class<?> main, String zip, String handler, String path) {

  /**
   * Runs the function until it is stopped, if the arguments select this mode.
   *
   * @param arguments the arguments of the process
   * @return the exit code; empty if they select another mode
   */
  public OptionalInt run(String[] arguments) {
    List<String> given = new ArrayList<>(Arrays.asList(arguments));
    int mode = given.indexOf("--mode");
    if (mode < 0 || mode + 1 == given.size() || !given.get(mode + 1).equals("lambda")) {
      return OptionalInt.empty();
    }
    given.subList(mode, mode + 2).clear();
    addUnlessGiven(given, "--event", "rest");
    addUnlessGiven(given, "--port", "8000");
    addUnlessGiven(given, "--handler", handler);
    addUnlessGiven(given, "--code", folder().resolve(zip).toString());
    if (!given.contains("--path")) {
      given.addAll(List.of("--path", path, "--env", "MCP_PATH=" + path));
    }
    return OptionalInt.of(LambdaLocalMain.run(given.toArray(new String[0])));
  }

  private static void addUnlessGiven(List<String> given, String option, String value) {
    if (!given.contains(option)) {
      given.addAll(List.of(option, value));
    }
  }

  /** The folder of the jar; the build folder if the classes run without one. */
  private Path folder() {
    try {
      return Path.of(main.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toAbsolutePath()
          .resolveSibling("");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
