package dev.statelessmcp.lambda.runtime;

import com.amazonaws.services.lambda.runtime.Client;
import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.json.JsonSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the headers in which an invoker describes itself, as JSON. Both are usually absent. */
final class InvokerHeaders {

  private InvokerHeaders() {}

  private record Identity(@Nullable String id, @Nullable String poolId) implements CognitoIdentity {
    @Override
    public @Nullable String getIdentityId() {
      return id;
    }

    @Override
    public @Nullable String getIdentityPoolId() {
      return poolId;
    }
  }

  private record App(JsonNode members) implements Client {
    @Override
    public @Nullable String getInstallationId() {
      return text(members.get("installation_id"));
    }

    @Override
    public @Nullable String getAppTitle() {
      return text(members.get("app_title"));
    }

    @Override
    public @Nullable String getAppVersionName() {
      return text(members.get("app_version_name"));
    }

    @Override
    public @Nullable String getAppVersionCode() {
      return text(members.get("app_version_code"));
    }

    @Override
    public @Nullable String getAppPackageName() {
      return text(members.get("app_package_name"));
    }
  }

  private record InvokerContext(
      @Nullable Client client, Map<String, String> custom, Map<String, String> environment)
      implements ClientContext {
    @Override
    public @Nullable Client getClient() {
      return client;
    }

    @Override
    public Map<String, String> getCustom() {
      return custom;
    }

    @Override
    public Map<String, String> getEnvironment() {
      return environment;
    }
  }

  /** Reads {@code Lambda-Runtime-Cognito-Identity}; null if there is none. */
  static @Nullable CognitoIdentity identity(@Nullable String header) {
    if (header == null || header.isEmpty()) {
      return null;
    }
    JsonNode json = object(header, "Lambda-Runtime-Cognito-Identity");
    return new Identity(
        text(json.get("cognitoIdentityId")), text(json.get("cognitoIdentityPoolId")));
  }

  /** Reads {@code Lambda-Runtime-Client-Context}; null if there is none. */
  static @Nullable ClientContext clientContext(@Nullable String header) {
    if (header == null || header.isEmpty()) {
      return null;
    }
    JsonNode json = object(header, "Lambda-Runtime-Client-Context");
    JsonNode client = json.get("client");
    return new InvokerContext(
        client != null && client.isObject() ? new App(client) : null,
        map(json.get("custom")),
        map(json.get("env")));
  }

  private static JsonNode object(String header, String name) {
    try {
      JsonNode json = Json.read(header.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
      if (json.isObject()) {
        return json;
      }
      throw new IllegalArgumentException(name + " is not a JSON object");
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException(name + " is not JSON: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> map(JsonNode json) {
    Map<String, String> map = new LinkedHashMap<>();
    if (json != null) {
      for (Map.Entry<String, JsonNode> member : json.properties()) {
        map.put(member.getKey(), text(member.getValue()));
      }
    }
    return Collections.unmodifiableMap(map);
  }

  /** The text of a value; null if the invoker sent another type. */
  private static @Nullable String text(JsonNode json) {
    if (json == null || json.isNull()) {
      return null;
    }
    return json.isTextual() ? json.textValue() : Json.text(json);
  }
}
