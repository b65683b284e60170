package dev.statelessmcp.http;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/** Finds the authenticator of the artifact {@code mcp-oauth}. */
final class EnvironmentAuthenticator {
  private static final String CLASS = "dev.statelessmcp.oauth.ResourceServer";

  private EnvironmentAuthenticator() {}

  /**
   * Creates the authenticator.
   *
   * @throws IllegalArgumentException if the artifact is missing, or its settings are not valid
   */
  static Authenticator of(Map<String, String> environment) {
    try {
      return (Authenticator)
          Class.forName(CLASS).getMethod("fromEnvironment", Map.class).invoke(null, environment);
    } catch (ClassNotFoundException e) {
      // Without it every request would be accepted
      throw new IllegalArgumentException(
          "A variable MCP_OAUTH_* is set, but the artifact mcp-oauth is not on the class path", e);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(CLASS + " failed", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(CLASS + " is of another version than mcp-core", e);
    }
  }
}
