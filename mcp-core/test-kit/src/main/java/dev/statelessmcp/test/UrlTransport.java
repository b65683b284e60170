package dev.statelessmcp.test;

import dev.statelessmcp.subscription.Registration;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/** To a server that listens at a URL. */
final class UrlTransport extends HttpTestTransport {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI url;

  UrlTransport(URI url) {
    this.url = url;
  }

  @Override
  protected void send(Request request, Reply reply) throws IOException, InterruptedException {
    HttpRequest.BodyPublisher body = request.body().isEmpty()
        ? HttpRequest.BodyPublishers.noBody()
        : HttpRequest.BodyPublishers.ofString(request.body());
    HttpRequest.Builder http = HttpRequest.newBuilder(url).method(request.method(), body);
    request.headers().forEach(http::setHeader);
    // Closing what is read would wait for it to end: interrupting closes the connection
    Thread reader = Thread.currentThread();
    Registration gone = request.message().disconnection().onCancel(reader::interrupt);
    try {
      HttpResponse<InputStream> response =
          client.send(http.build(), HttpResponse.BodyHandlers.ofInputStream());
      Map<String, String> headers = new LinkedHashMap<>();
      response.headers().map().forEach((name, all) -> headers.put(name, String.join(", ", all)));
      reply.begin(response.statusCode(), headers);
      try (InputStream content = response.body()) {
        byte[] piece = new byte[8192];
        for (int n = content.read(piece); n >= 0; n = content.read(piece)) {
          reply.write(piece, n);
        }
      }
    } catch (IOException | InterruptedException e) {
      if (!request.message().disconnection().isCancelled()) {
        throw e;
      }
    } finally {
      gone.close();
    }
  }
}
