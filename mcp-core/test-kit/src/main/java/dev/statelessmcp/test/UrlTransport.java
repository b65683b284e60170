package dev.statelessmcp.test;

import dev.statelessmcp.subscription.Registration;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Connects to a server at a URL. */
final class UrlTransport extends HttpTestTransport {
  private final URI url;
  private final HttpClient client;

  UrlTransport(URI url) {
    this(url, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
  }

  UrlTransport(URI url, HttpClient client) {
    if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
      throw new IllegalArgumentException("url must be like http://127.0.0.1:8000/mcp, was " + url);
    }
    this.url = url;
    this.client = Objects.requireNonNull(client, "client");
  }

  @Override
  protected void send(Request request, Reply reply) throws IOException, InterruptedException {
    HttpRequest.BodyPublisher body = request.body().isEmpty()
        ? HttpRequest.BodyPublishers.noBody()
        : HttpRequest.BodyPublishers.ofString(request.body());
    HttpRequest.Builder http = HttpRequest.newBuilder(url).method(request.method(), body);
    request.headers().forEach((name, value) -> setHeader(http, name, value));
    CompletableFuture<HttpResponse<InputStream>> future =
        client.sendAsync(http.build(), HttpResponse.BodyHandlers.ofInputStream());
    // Either ends the connection, whether the response has begun or not
    Registration gone = request.message().disconnection().onCancel(() -> {
      if (!future.cancel(true)) {
        close(future);
      }
    });
    try {
      HttpResponse<InputStream> response = future.get();
      Map<String, String> headers = new LinkedHashMap<>();
      response.headers().map().forEach((name, all) -> headers.put(name, String.join(", ", all)));
      reply.begin(response.statusCode(), headers);
      try (InputStream content = response.body()) {
        byte[] piece = new byte[8192];
        for (int n = content.read(piece); n >= 0; n = content.read(piece)) {
          reply.write(piece, n);
        }
      }
    } catch (IOException | CancellationException | ExecutionException e) {
      if (!request.message().disconnection().isCancelled()) {
        Throwable why = e instanceof ExecutionException ? e.getCause() : e;
        throw new IOException(url + ": " + why, why);
      }
    } finally {
      gone.close();
    }
  }

  private static void setHeader(HttpRequest.Builder http, String name, String value) {
    try {
      http.setHeader(name, value);
    } catch (IllegalArgumentException e) { // such as Host
      throw new IllegalArgumentException(
          "the JDK's HTTP client does not send the header " + name + ": " + e.getMessage()
              + "; see the system property jdk.httpclient.allowRestrictedHeaders",
          e);
    }
  }

  private static void close(CompletableFuture<HttpResponse<InputStream>> begun) {
    try {
      begun.join().body().close();
    } catch (IOException | CompletionException e) {
      // It has already ended
    }
  }
}
