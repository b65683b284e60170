package dev.statelessmcp.stdio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.testing.Waiting;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A client at the other ends of two pipes of the operating system. {@link StdioTransport#run}
 * serves them on a separate thread.
 */
final class StdioClient implements AutoCloseable {
  private static final String END = "";

  private final Pipe toServer;
  private final Pipe fromServer;
  private final OutputStream out;
  private final Thread transport;
  private final Thread reader;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final CountDownLatch endRead = new CountDownLatch(1);
  private volatile Throwable failure;

  private StdioClient(StdioTransport stdio) throws IOException {
    toServer = Pipe.open();
    fromServer = Pipe.open();
    out = Channels.newOutputStream(toServer.sink());
    transport = new Thread(() -> run(stdio), "transport");
    reader = new Thread(this::read, "reader");
    transport.setDaemon(true);
    reader.setDaemon(true);
    transport.start();
    reader.start();
  }

  static StdioClient of(StdioTransport stdio) throws IOException {
    return new StdioClient(stdio);
  }

  static StdioClient of(McpServer server) throws IOException {
    return new StdioClient(StdioTransport.of(server));
  }

  private void run(StdioTransport stdio) {
    // Both ends are closed, as when a process exits; a pipe that is left open holds two descriptors
    try (OutputStream replies = Channels.newOutputStream(fromServer.sink());
        InputStream requests = Channels.newInputStream(toServer.source())) {
      stdio.run(new EndNoticed(requests), replies);
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
    }
  }

  private void read() {
    InputStream in = Channels.newInputStream(fromServer.source());
    try (BufferedReader text =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      // Closed by the test, as a client that goes away
    } finally {
      lines.add(END);
    }
  }

  /** Sends lines, all in one piece. */
  void send(String... messages) throws IOException {
    out.write((String.join("\n", messages) + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Sends one line, which may be no text at all. */
  void send(byte[] line) throws IOException {
    out.write(line);
    out.write('\n');
    out.flush();
  }

  /** The next message of the server. */
  JsonNode receive() throws InterruptedException {
    String line = lines.poll(Waiting.SECONDS, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("the server sends nothing");
    }
    if (line.equals(END)) {
      lines.add(END);
      throw new AssertionError("the server has ended its output", failure);
    }
    return Messages.parse(line);
  }

  /** Receives this number of answers, by the text of their ids. */
  Map<String, JsonNode> receiveById(int count) throws InterruptedException {
    Map<String, JsonNode> answers = new HashMap<>();
    for (int i = 0; i < count; i++) {
      JsonNode answer = receive();
      if (answers.put(answer.path("id").asText(), answer) != null) {
        throw new AssertionError("a second answer: " + answer);
      }
    }
    return answers;
  }

  /** Ends the server's input. */
  void end() throws IOException {
    out.close();
  }

  /** Ends the server's input, and waits until the server has seen it. */
  void endAndWait() throws Exception {
    end();
    Waiting.await(endRead);
  }

  /** Does not listen any more: the server's writes fail from here on. */
  void breakOutput() throws Exception {
    fromServer.source().close();
    Waiting.join(reader); // which keeps the pipe open as long as it reads
  }

  /** Waits until {@code run()} has returned. */
  void awaitReturn() throws InterruptedException {
    Waiting.join(transport);
    if (failure != null) {
      throw new AssertionError("run() has failed", failure);
    }
  }

  /** Ends the input, and collects what comes until the server has ended. */
  List<JsonNode> rest() throws Exception {
    end();
    awaitReturn();
    Waiting.join(reader);
    List<JsonNode> rest = new ArrayList<>();
    for (String line = lines.take(); !line.equals(END); line = lines.take()) {
      rest.add(Messages.parse(line));
    }
    return rest;
  }

  @Override
  public void close() throws IOException {
    out.close();
    fromServer.source().close();
  }

  /** Tells when the end of the stream has been read. */
  private final class EndNoticed extends FilterInputStream {

    EndNoticed(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      if (count < 0) {
        endRead.countDown();
      }
      return count;
    }
  }
}
