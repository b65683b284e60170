package dev.statelessmcp.lambda.local.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the service in front of the function.
 *
 * @param stage the stage; null for the default one
 * @param paths the routes, each with everything below it; empty to route everything
 * @param binaryMediaTypes of a REST API: which bodies are bytes; {@code *}{@code /*} for all
 */
public record Gateway(@Nullable String stage, List<String> paths, List<String> binaryMediaTypes) {
  /** Copies the lists. */
  public Gateway {
    paths = List.copyOf(paths);
    binaryMediaTypes = List.copyOf(binaryMediaTypes);
  }
}
