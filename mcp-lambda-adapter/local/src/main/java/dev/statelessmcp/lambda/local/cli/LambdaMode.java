package dev.statelessmcp.lambda.local.cli;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Gives the command line of a server a mode in which its own Lambda function runs here:
 * {@code --mode lambda}, and whatever else {@link LambdaLocalMain} takes.
 *
 * @param main the server's main class, whose jar lies beside the deployment package
 * @param zip the name of the deployment package
 * @param handler the class of the function
 * @param path the path of the endpoint, without a stage
 */
public record LambdaMode(Class<?> main, String zip, String handler, String path) {

  /**
   * Runs the function until it is stopped, if the arguments ask for that.
   *
   * @param arguments the arguments of the process
   * @return the exit code; empty if they ask for another mode
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

  /** Where the jar lies; the folder of the build when the classes are run without one. */
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
