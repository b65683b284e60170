package dev.statelessmcp.lambda.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.json.JsonSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of the function's role: from environment variables, or, in a function with
 * SnapStart, from the endpoint that these name.
 *
 * @param accessKeyId the id
 * @param secretAccessKey the key that signs requests
 * @param sessionToken sent with requests; null for credentials that do not expire
 */
record AwsCredentials(
    String accessKeyId, String secretAccessKey, @Nullable String sessionToken) {

  /** The source of the credentials. Thread-safe. */
  static final class Source {
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final long FRESH_SECONDS = 300;

    private final Map<String, String> environment;
    private @Nullable AwsCredentials fetched;
    private Instant freshUntil = Instant.EPOCH;

    Source(Map<String, String> environment) {
      this.environment = environment;
    }

    synchronized AwsCredentials get() throws IOException {
      String endpoint = environment.get("AWS_CONTAINER_CREDENTIALS_FULL_URI");
      if (endpoint != null) {
        AwsCredentials known = fetched;
        if (known == null || Instant.now().isAfter(freshUntil)) {
          known = fetch(endpoint);
          fetched = known;
        }
        return known;
      }
      String id = environment.get("AWS_ACCESS_KEY_ID");
      String secret = environment.get("AWS_SECRET_ACCESS_KEY");
      if (id == null || secret == null) {
        throw new IllegalStateException(
            "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set, as on Lambda");
      }
      return new AwsCredentials(id, secret, environment.get("AWS_SESSION_TOKEN"));
    }

    private AwsCredentials fetch(String endpoint) throws IOException {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(endpoint).toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      String token = environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN");
      if (token != null) {
        connection.setRequestProperty("Authorization", token);
      }
      try (InputStream body = connection.getInputStream()) {
        JsonNode json = Json.read(body.readAllBytes(), JsonLimits.DEFAULT);
        freshUntil = Instant.parse(json.path("Expiration").asText()).minusSeconds(FRESH_SECONDS);
        return new AwsCredentials(
            json.path("AccessKeyId").asText(),
            json.path("SecretAccessKey").asText(),
            json.path("Token").asText());
      } catch (JsonSyntaxException e) {
        throw new IOException("the answer of the credentials endpoint is not valid", e);
      }
    }
  }
}
