package dev.statelessmcp.resource;

import org.jspecify.annotations.Nullable;

/** Reads a resource. Must be thread-safe: one handler serves all requests. */
@FunctionalInterface
public interface ResourceHandler {

  /**
   * Reads the resource.
   *
   * @param call the request with the URI; not null
   * @return the contents; null if the resource does not exist
   * @throws Exception {@code McpException} for an error that the client gets; any other exception
   *     is logged, and the client gets an internal error
   */
  @Nullable
  ResourceResult read(ReadCall call) throws Exception;
}
