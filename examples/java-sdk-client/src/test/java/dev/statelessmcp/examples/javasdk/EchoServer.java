package dev.statelessmcp.examples.javasdk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The echo example's jar, started over HTTP as a process of its own. */
final class EchoServer {
  private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");
  private static final long START_LIMIT_SECONDS = 30;
  private static final long STOP_LIMIT_SECONDS = 10;

  private final Process process;
  private final URI address;

  private EchoServer(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** The command that starts the jar with the given options. */
  static List<String> command(String... options) {
    Path jar = Path.of(System.getProperty("echo.jar", "../echo/target/echo.jar"));
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(
          "There is no jar at " + jar.toAbsolutePath().normalize() + "; package the echo example");
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java, "-jar", jar.toString()));
    command.addAll(List.of(options));
    return command;
  }

  /** Starts the server on a free port, and waits until it prints its address. */
  static EchoServer start(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(command(options));
    command.addAll(List.of("--port", "0"));
    Process process = new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
    CompletableFuture<URI> listening = new CompletableFuture<>();
    Thread reader = new Thread(() -> readErrors(process, listening), "echo-stderr");
    reader.setDaemon(true);
    reader.start();
    try {
      return new EchoServer(process, listening.get(START_LIMIT_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new IllegalStateException("The echo server did not start", e);
    }
  }

  private static void readErrors(Process process, CompletableFuture<URI> listening) {
    StringBuilder seen = new StringBuilder();
    try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher matcher = LISTENING.matcher(line);
        if (matcher.find()) {
          listening.complete(URI.create(matcher.group(1)));
        } else if (!listening.isDone()) {
          seen.append(line).append('\n');
        }
      }
      listening.completeExceptionally(new IllegalStateException("It said: " + seen));
    } catch (IOException e) {
      listening.completeExceptionally(new UncheckedIOException(e));
    }
  }

  /** The address of the MCP endpoint. */
  URI address() {
    return address;
  }

  /** Ends the server. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("The echo server did not end when it was asked to");
    }
  }
}
