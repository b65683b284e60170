package dev.statelessmcp.resource;

import org.jspecify.annotations.Nullable;

/** Reads a resource. One handler serves all readings, from several threads at once. */
@FunctionalInterface
public interface ResourceHandler {

  /**
   * Reads the resource.
   *
   * @param call what is read, and everything else about it; not null
   * @return what is in it; null if there is no such resource
   * @throws Exception {@code McpException} for the client; anything else is our own failure
   */
  @Nullable
  ResourceResult read(ReadCall call) throws Exception;
}
