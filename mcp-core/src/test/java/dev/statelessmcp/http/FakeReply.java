package dev.statelessmcp.http;

import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.subscription.Registration;
import dev.statelessmcp.transport.CancellationSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Records an answer, holds its caller to the contract, and is a client that goes away if told. */
final class FakeReply implements HttpReply, HttpReply.Stream {
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final AtomicInteger calls = new AtomicInteger();
  final CancellationSource expiry = new CancellationSource();
  volatile Instant deadline;
  volatile boolean gone;
  volatile Runnable beat = () -> {};
  volatile boolean stopped;
  volatile boolean live = true;
  volatile boolean streaming;
  volatile boolean closed;
  volatile int status;
  volatile HttpHeaders headers = HttpHeaders.NONE;

  private void enter() {
    if (calls.incrementAndGet() != 1) {
      throw new AssertionError("called from two threads at once");
    }
  }

  private void begin(int newStatus, HttpHeaders newHeaders) throws IOException {
    if (status != 0) {
      throw new AssertionError("a second answer");
    }
    if (gone) {
      throw new IOException("the client is gone");
    }
    status = newStatus;
    headers = newHeaders;
  }

  @Override
  public boolean isLive() {
    return live;
  }

  @Override
  public void send(int newStatus, HttpHeaders newHeaders, byte[] content) throws IOException {
    enter();
    begin(newStatus, newHeaders);
    body.writeBytes(content);
    closed = true;
    calls.decrementAndGet();
  }

  @Override
  public Stream stream(int newStatus, HttpHeaders newHeaders) throws IOException {
    enter();
    try {
      begin(newStatus, newHeaders);
      streaming = true;
      return this;
    } finally {
      calls.decrementAndGet();
    }
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    enter();
    try {
      if (closed) {
        throw new AssertionError("a piece after the end");
      }
      if (gone) {
        throw new IOException("the client is gone");
      }
      body.writeBytes(bytes);
    } finally {
      calls.decrementAndGet();
    }
  }

  @Override
  public void close() {
    if (closed) {
      throw new AssertionError("a second end");
    }
    closed = true;
  }

  @Override
  public Registration every(Runnable newBeat) {
    beat = newBeat;
    return () -> stopped = true;
  }

  @Override
  public Cancellation expiry() {
    return expiry;
  }

  @Override
  public Optional<Instant> deadline() {
    return Optional.ofNullable(deadline);
  }

  String body() {
    return body.toString(StandardCharsets.UTF_8);
  }

  String header(String name) {
    return headers.value(name);
  }
}
