package dev.statelessmcp.lambda.local.event;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which paths of an API are routed to the function: some and everything below, or all. */
final class Routes {
  private static final String PROXY = "/{proxy+}";

  private final List<String> paths;

  Routes(List<String> paths) {
    this.paths = paths;
  }

  /**
   * The route that a request takes.
   *
   * @param resource such as {@code /mcp} or {@code /mcp/{proxy+}}
   * @param proxy what stands for {@code {proxy+}}; null if it has none
   */
  record Route(String resource, @Nullable String proxy) {}

  /** The route of a path, if it has one. */
  Optional<Route> find(String path) {
    if (paths.isEmpty()) {
      return Optional.of(new Route(PROXY, path.substring(1)));
    }
    for (String routed : paths) {
      if (path.equals(routed)) {
        return Optional.of(new Route(routed, null));
      }
      if (path.startsWith(routed + "/")) {
        return Optional.of(new Route(routed + PROXY, path.substring(routed.length() + 1)));
      }
    }
    return Optional.empty();
  }

  /** The path behind a stage, if the stage is in front of it. */
  static Optional<String> withoutStage(String path, @Nullable String stage) {
    if (stage == null) {
      return Optional.of(path);
    }
    if (path.equals("/" + stage)) {
      return Optional.of("/");
    }
    return path.startsWith("/" + stage + "/")
        ? Optional.of(path.substring(stage.length() + 1))
        : Optional.empty();
  }
}
