package dev.statelessmcp.test;

import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpReply;
import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.subscription.Registration;
import dev.statelessmcp.transport.CancellationSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Calls an HTTP endpoint in this process, without a server library. */
final class EndpointTransport extends HttpTestTransport {
  private final StreamableHttp endpoint;
  private final String path;
  private final CancellationSource ending = new CancellationSource();

  EndpointTransport(StreamableHttp endpoint, String path) {
    if (!endpoint.isAt(path)) {
      throw new IllegalArgumentException("there is no endpoint at " + path);
    }
    this.endpoint = endpoint;
    this.path = path;
  }

  @Override
  public boolean carriesAttributes() {
    return true;
  }

  @Override
  protected void send(Request request, Reply reply) throws IOException {
    HttpHeaders.Builder headers = HttpHeaders.builder();
    if (request.headers().keySet().stream().noneMatch("Host"::equalsIgnoreCase)) {
      headers.add("Host", "localhost");
    }
    request.headers().forEach(headers::add);
    MemoryReply collected = new MemoryReply(reply, ending);
    Registration gone = request.message().disconnection().onCancel(collected::disconnect);
    try {
      endpoint.handle(
          new HttpRequest(
              request.method(),
              path,
              headers.build(),
              HttpRequest.Body.of(request.body().getBytes(StandardCharsets.UTF_8)),
              request.message().attributes()),
          collected);
    } finally {
      gone.close();
      Thread.interrupted(); // clears the interrupt of a cancelled call
    }
  }

  /** A client that reads immediately, and may disconnect. */
  private static final class MemoryReply implements HttpReply, HttpReply.Stream {
    private final Reply reply;
    private final Cancellation ending;
    private volatile boolean gone;
    private volatile Runnable beat = () -> {};

    MemoryReply(Reply reply, Cancellation ending) {
      this.reply = reply;
      this.ending = ending;
    }

    /** Disconnects: the next heartbeat fails, and is sent immediately. */
    void disconnect() {
      gone = true;
      beat.run();
    }

    @Override
    public boolean isLive() {
      return true;
    }

    @Override
    public Cancellation ending() {
      return ending;
    }

    @Override
    public Registration every(Runnable newBeat) {
      beat = newBeat;
      if (gone) {
        newBeat.run();
      }
      return () -> beat = () -> {};
    }

    @Override
    public void send(int status, HttpHeaders headers, byte[] body) throws IOException {
      begin(status, headers);
      write(body);
    }

    @Override
    public Stream stream(int status, HttpHeaders headers) throws IOException {
      begin(status, headers);
      return this;
    }

    private void begin(int status, HttpHeaders headers) throws IOException {
      requireThere();
      Map<String, String> all = new LinkedHashMap<>();
      headers.asMap().forEach((name, values) -> all.put(name, String.join(", ", values)));
      reply.begin(status, all);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      requireThere();
      reply.write(bytes, bytes.length);
    }

    private void requireThere() throws IOException {
      if (gone) {
        throw new IOException("the client has disconnected");
      }
    }

    @Override
    public void close() {}
  }
}
