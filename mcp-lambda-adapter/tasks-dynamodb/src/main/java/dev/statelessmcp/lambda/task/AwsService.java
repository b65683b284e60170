package dev.statelessmcp.lambda.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.json.JsonSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A client of an AWS service over HTTP, without the SDK and {@code java.net.http}, which would load
 * thousands of classes. Thread-safe.
 */
final class AwsService {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 5_000;
  private static final JsonLimits LIMITS = JsonLimits.DEFAULT;

  private final String service;
  private final String region;
  private final URI endpoint;
  private final AwsCredentials.Source credentials;
  private @Nullable TlsSockets sockets; // guarded by this; made by the first request

  private AwsService(
      String service, String region, URI endpoint, AwsCredentials.Source credentials) {
    this.service = service;
    this.region = region;
    this.endpoint = endpoint;
    this.credentials = credentials;
  }

  /**
   * Creates the client of a service from a function's environment variables.
   *
   * @param service such as {@code dynamodb}
   * @throws IllegalStateException without {@code AWS_REGION}
   */
  static AwsService of(String service, Map<String, String> environment) {
    String region = environment.get("AWS_REGION");
    if (region == null) {
      throw new IllegalStateException("AWS_REGION must be set, as on Lambda");
    }
    String other =
        environment.get("AWS_ENDPOINT_URL_" + service.toUpperCase(java.util.Locale.ROOT));
    String domain = region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
    return new AwsService(
        service,
        region,
        URI.create(other != null ? other : "https://" + service + "." + region + domain),
        new AwsCredentials.Source(environment));
  }

  /** A client that is created at the first use, and kept with its connections. */
  static final class Lazy {
    private final String name;
    private final Map<String, String> environment;
    private @Nullable AwsService service;

    Lazy(String name, Map<String, String> environment) {
      this.name = name;
      this.environment = environment;
    }

    /**
     * The service.
     *
     * @throws IllegalStateException without {@code AWS_REGION}
     */
    synchronized AwsService get() {
      AwsService made = service;
      if (made == null) {
        made = of(name, environment);
        service = made;
      }
      return made;
    }
  }

  /** An answer. */
  record Reply(int status, JsonNode json) {

    /** The name of an error, such as {@code AccessDeniedException}. */
    String error() {
      String type = json.path("__type").asText();
      return type.substring(type.indexOf('#') + 1);
    }

    String describe() {
      String message = json.path("message").asText(json.path("Message").asText());
      return "status " + status + " " + error() + (message.isEmpty() ? "" : ": " + message);
    }
  }

  /**
   * Sends a request.
   *
   * @param path percent-encoded
   * @param query percent-encoded; empty for none
   * @param headers further headers, by lower-case name
   * @return the answer, with any status
   * @throws IOException if there is no answer
   */
  Reply post(String path, String query, Map<String, String> headers, byte[] body)
      throws IOException {
    try {
      return send(path, query, headers, body);
    } catch (SSLException e) {
      if (!sockets().offerAll()) {
        throw e;
      }
      // Usually the handshake failed and nothing was sent. Otherwise the request is sent twice at
      // // most, as after a missing answer
      return send(path, query, headers, body);
    }
  }

  private Reply send(String path, String query, Map<String, String> headers, byte[] body)
      throws IOException {
    Map<String, String> signed = new HashMap<>(headers);
    int port = endpoint.getPort();
    signed.put("host", endpoint.getHost() + (port < 0 ? "" : ":" + port));
    String target = path + (query.isEmpty() ? "" : "?" + query);
    HttpURLConnection connection =
        (HttpURLConnection) endpoint.resolve(target).toURL().openConnection();
    if (connection instanceof HttpsURLConnection tls) {
      tls.setSSLSocketFactory(sockets());
    }
    connection.setRequestMethod("POST");
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(body.length); // so that Java does not repeat the request
    for (Map.Entry<String, String> header : AwsSignature.sign(
            "POST", path, query, signed, body, credentials.get(), region, service, Instant.now())
        .entrySet()) {
      if (!header.getKey().equals("host")) { // Java sends that itself
        connection.setRequestProperty(header.getKey(), header.getValue());
      }
    }
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body);
    }
    int status = connection.getResponseCode();
    return new Reply(status, read(connection, status));
  }

  /** The factory of all requests, so that connections are reused. */
  private synchronized TlsSockets sockets() {
    TlsSockets made = sockets;
    if (made == null) {
      made = new TlsSockets(HttpsURLConnection.getDefaultSSLSocketFactory());
      sockets = made;
    }
    return made;
  }

  private JsonNode read(HttpURLConnection connection, int status) throws IOException {
    // To its end, so that the connection is reused
    try (InputStream stream =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      byte[] answer = stream == null ? new byte[0] : stream.readAllBytes();
      if (answer.length == 0) {
        return Json.object();
      }
      try {
        return Json.read(answer, LIMITS);
      } catch (JsonSyntaxException e) {
        if (status >= 400) {
          return Json.object(); // a page of a proxy; the status is enough
        }
        throw new IOException(service + ": the answer is not JSON", e);
      }
    }
  }
}
