package dev.statelessmcp.lambda;

import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.http.OriginPolicy;
import dev.statelessmcp.json.JsonLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The settings of a function. Immutable; the methods that set something return new settings.
 *
 * <p>By default they come from environment variables:
 *
 * <ul>
 *   <li>{@code MCP_PATH}: where the endpoint is, such as {@code /echo/mcp}, without stage and base
 *       path of a custom domain; without it every path is the endpoint
 *   <li>{@code MCP_PUBLIC_URL}: the URL by which clients call the function; pages of that origin
 *       may call it too
 *   <li>{@code MCP_ALLOWED_ORIGINS}: further origins whose pages may call it, separated by commas
 * </ul>
 */
public final class LambdaSettings {
  private final String path;
  private final String publicUrl;
  private final OriginPolicy origins;
  private final Authenticator authenticator;
  private final JsonLimits limits;
  private final boolean processStateKeys;

  private LambdaSettings(
      String path,
      String publicUrl,
      OriginPolicy origins,
      Authenticator authenticator,
      JsonLimits limits,
      boolean processStateKeys) {
    this.path = path;
    this.publicUrl = publicUrl;
    this.origins = origins;
    this.authenticator = authenticator;
    this.limits = limits;
    this.processStateKeys = processStateKeys;
  }

  /**
   * Settings without regard to the environment: every path, no foreign origin, everybody anonymous.
   *
   * @return the settings
   */
  public static LambdaSettings defaults() {
    return new LambdaSettings(
        null, null, OriginPolicy.anyHost(), Authenticator.NONE, JsonLimits.DEFAULT, false);
  }

  /**
   * Settings from the environment variables of the function.
   *
   * @return the settings
   * @throws IllegalArgumentException if a variable has no sensible value; the message names it
   */
  public static LambdaSettings fromEnvironment() {
    return from(System.getenv());
  }

  static LambdaSettings from(Map<String, String> environment) {
    LambdaSettings settings = defaults();
    String path = value(environment, "MCP_PATH");
    if (path != null) {
      if (!path.startsWith("/")) {
        throw new IllegalArgumentException("MCP_PATH must begin with /, not be " + path);
      }
      settings = settings.path(path);
    }
    settings = withUrl(settings, value(environment, "MCP_PUBLIC_URL"));
    String origins = value(environment, "MCP_ALLOWED_ORIGINS");
    if (origins != null) {
      List<String> all = new ArrayList<>();
      for (String origin : origins.split(",", -1)) {
        if (!origin.isBlank()) {
          all.add(origin);
        }
      }
      try {
        settings = settings.allowedOrigins(all);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("MCP_ALLOWED_ORIGINS: " + e.getMessage(), e);
      }
    }
    return settings;
  }

  private static LambdaSettings withUrl(LambdaSettings settings, String url) {
    if (url == null) {
      return settings;
    }
    try {
      return settings.publicUrl(url);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("MCP_PUBLIC_URL: " + e.getMessage(), e);
    }
  }

  private static String value(Map<String, String> environment, String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /**
   * The settings with a path.
   *
   * @param newPath where the endpoint is, such as {@code /echo/mcp}; null for every path
   * @return new settings
   */
  public LambdaSettings path(String newPath) {
    return new LambdaSettings(newPath, publicUrl, origins, authenticator, limits, processStateKeys);
  }

  /**
   * The settings with the URL by which clients call the function. A function cannot know it: behind
   * a custom domain the host that it sees may be another one.
   *
   * @param url such as {@code https://api.example.com/tools/echo/mcp}; not null
   * @return new settings
   * @throws IllegalArgumentException if it is no URL
   */
  public LambdaSettings publicUrl(String url) {
    return new LambdaSettings(
        path, url, origins.withOrigins(List.of(url)), authenticator, limits, processStateKeys);
  }

  /**
   * The settings with further origins whose web pages may call the function.
   *
   * @param allowed origins such as {@code https://app.example.com}, or {@code *} for all; not null
   * @return new settings
   * @throws IllegalArgumentException if one is no origin
   */
  public LambdaSettings allowedOrigins(List<String> allowed) {
    return new LambdaSettings(
        path, publicUrl, origins.withOrigins(allowed), authenticator, limits, processStateKeys);
  }

  /**
   * The settings with somebody who finds out who calls.
   *
   * @param newAuthenticator by default everybody is anonymous; not null
   * @return new settings
   */
  public LambdaSettings authenticator(Authenticator newAuthenticator) {
    Objects.requireNonNull(newAuthenticator, "authenticator");
    return new LambdaSettings(path, publicUrl, origins, newAuthenticator, limits, processStateKeys);
  }

  /**
   * The settings with other limits of a message.
   *
   * @param newLimits by default {@link JsonLimits#DEFAULT}; not null
   * @return new settings
   */
  public LambdaSettings limits(JsonLimits newLimits) {
    Objects.requireNonNull(newLimits, "limits");
    return new LambdaSettings(path, publicUrl, origins, authenticator, newLimits, processStateKeys);
  }

  /**
   * The settings for a server that asks its clients and has no state keys. Without them an answer
   * that reaches another instance of the function is refused, and Lambda has many; so such a server
   * does not start unless this says that it may.
   *
   * @return new settings
   */
  public LambdaSettings allowProcessStateKeys() {
    return new LambdaSettings(path, publicUrl, origins, authenticator, limits, true);
  }

  boolean allowsProcessStateKeys() {
    return processStateKeys;
  }

  String path() {
    return path;
  }

  OriginPolicy origins() {
    return origins;
  }

  Authenticator authenticator() {
    return authenticator;
  }

  JsonLimits limits() {
    return limits;
  }
}
