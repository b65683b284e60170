package dev.statelessmcp.examples.benchmarks.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client over the pipes of a process. */
final class StdioLoad implements Load {
  private static final String ECHO = Messages.tool("echo", "\"text\":\"soak\"");

  private final OutputStream out;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private int last;

  StdioLoad(Process server) throws Exception {
    out = server.getOutputStream();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    Thread reader = new Thread(() -> in.lines().forEach(lines::add), "stdio reader");
    reader.setDaemon(true);
    reader.start();
    send(Messages.initialize("first"));
    receive("\"first\"", "protocolVersion");
  }

  @Override
  public void step(Random random) throws Exception {
    String id = "c" + ++last;
    switch (random.nextInt(8)) {
      case 0 -> call(id, "tools/call", ECHO, "soak");
      case 1 -> call(id, "tools/call", Messages.tool("throws", ""), "-32603");
      case 2 -> call(id, "no/such", "", "-32601");
      case 3 -> {
        send("{\"jsonrpc\":");
        receive("-32700", "Parse error");
      }
      case 4 -> {
        send(Messages.request(id, "tools/call", Messages.tool("large", "")));
        receive("\"" + id + "\"", "xxx");
      }
      case 5 -> cancel(id, random);
      case 6 -> listen(id);
      default -> burst();
    }
  }

  private void send(String line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private String next() throws InterruptedException {
    String line = lines.poll(30, TimeUnit.SECONDS);
    Load.check(line != null, "the server sends nothing");
    return line;
  }

  /** The next line with a text, which must have another one, too. */
  private String receive(String mark, String part) throws InterruptedException {
    String line = next();
    while (!line.contains(mark)) {
      line = next();
    }
    Load.check(line.contains(part), line);
    return line;
  }

  private String call(String id, String method, String params, String part) throws Exception {
    send(Messages.modern(id, method, params));
    return receive("\"id\":\"" + id + "\"", part);
  }

  private void cancel(String id, Random random) throws Exception {
    send(Messages.modern(id, "tools/call", Messages.tool("wait", "")));
    TimeUnit.MILLISECONDS.sleep(random.nextInt(150));
    send(Messages.notification("notifications/cancelled", "\"requestId\":\"" + id + "\""));
    call(id + "-after", "tools/call", ECHO, "soak");
  }

  private void listen(String id) throws Exception {
    send(Messages.modern(id, "subscriptions/listen", Messages.LISTEN));
    receive("subscriptions/acknowledged", id);
    send(Messages.modern(id + "-touch", "tools/call", Messages.tool("touch", "")));
    receive("notifications/resources/updated", id);
    send(Messages.notification("notifications/cancelled", "\"requestId\":\"" + id + "\""));
    call(id + "-after", "tools/call", ECHO, "soak");
  }

  private void burst() throws Exception {
    Set<String> open = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      String id = "b" + ++last;
      open.add(id);
      send(Messages.modern(id, "tools/call", ECHO));
    }
    while (!open.isEmpty()) {
      String line = next();
      open.removeIf(id -> line.contains("\"id\":\"" + id + "\""));
    }
  }

  @Override
  public Usage measure() throws Exception {
    String id = "m" + ++last;
    return Usage.parse(Messages.text(call(id, "tools/call", Messages.tool("measure", ""), "text")));
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
