package dev.statelessmcp.lambda;

import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.json.JsonLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the settings of a function from its environment variables. */
final class EnvironmentSettings {
  private static final int MEBIBYTE = 1 << 20;

  private final Map<String, String> environment;

  EnvironmentSettings(Map<String, String> environment) {
    this.environment = environment;
  }

  LambdaSettings settings() {
    LambdaSettings settings = LambdaSettings.defaults();
    settings = settings.limits(JsonLimits.DEFAULT.withMaxBytes(maxRequestBytes()));
    String path = value("MCP_PATH");
    if (path != null) {
      try {
        settings = settings.path(path);
      } catch (IllegalArgumentException e) {
        throw named("MCP_PATH", e);
      }
    }
    String url = value("MCP_PUBLIC_URL");
    if (url != null) {
      try {
        settings = settings.publicUrl(url);
      } catch (IllegalArgumentException e) {
        throw named("MCP_PUBLIC_URL", e);
      }
    }
    String namespace = value("MCP_CARD_NAMESPACE");
    if (namespace != null) {
      String resource = value("MCP_OAUTH_RESOURCE");
      String address = url == null ? resource : url;
      if (path == null || address == null) {
        throw new IllegalArgumentException("MCP_CARD_NAMESPACE: a server card names the endpoint,"
            + " so set MCP_PATH and MCP_PUBLIC_URL too");
      }
      settings = settings.card(namespace, address);
    }
    String origins = value("MCP_ALLOWED_ORIGINS");
    if (origins != null) {
      try {
        settings = settings.allowedOrigins(list(origins));
      } catch (IllegalArgumentException e) {
        throw named("MCP_ALLOWED_ORIGINS", e);
      }
    }
    if (value("MCP_GATEWAY_TIMEOUT_MS") != null) {
      settings = settings.gatewayTimeout(Duration.ofMillis(number("MCP_GATEWAY_TIMEOUT_MS", 1)));
    }
    if (value("MCP_DEADLINE_MARGIN_MS") != null) {
      settings = settings.deadlineMargin(Duration.ofMillis(number("MCP_DEADLINE_MARGIN_MS", 0)));
    }
    String loadBalancer = value("MCP_LOAD_BALANCER_ARN");
    if (loadBalancer != null) {
      try {
        settings = settings.loadBalancer(loadBalancer);
      } catch (IllegalArgumentException e) {
        throw named("MCP_LOAD_BALANCER_ARN", e);
      }
    }
    Authenticator oauth = Authenticator.fromEnvironment(environment).orElse(null);
    return oauth == null ? settings : settings.authenticator(oauth);
  }

  /**
   * The default depends on the memory, because an OutOfMemoryError would end the process with all
   * its calls.
   */
  private int maxRequestBytes() {
    if (value("MCP_MAX_REQUEST_BYTES") != null) {
      return number("MCP_MAX_REQUEST_BYTES", 1);
    }
    if (value("AWS_LAMBDA_FUNCTION_MEMORY_SIZE") == null) {
      return JsonLimits.DEFAULT.maxBytes();
    }
    int memory = number("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", 1);
    return memory < 256 ? MEBIBYTE : memory < 512 ? 2 * MEBIBYTE : 6 * MEBIBYTE;
  }

  private int number(String name, int least) {
    String text = value(name);
    try {
      int number = Integer.parseInt(text);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // thrown below
    }
    throw new IllegalArgumentException(
        name + " must be a whole number, at least " + least + ", was " + text);
  }

  private static List<String> list(String text) {
    List<String> all = new ArrayList<>();
    for (String element : text.split(",", -1)) {
      if (!element.isBlank()) {
        all.add(element);
      }
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException("the list is empty; write none to allow no page");
    }
    return all;
  }

  private @Nullable String value(String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static IllegalArgumentException named(String name, IllegalArgumentException e) {
    return new IllegalArgumentException(name + ": " + e.getMessage(), e);
  }
}
