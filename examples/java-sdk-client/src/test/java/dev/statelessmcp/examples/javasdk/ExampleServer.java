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

/** An example's jar, started over HTTP as a separate process. */
final class ExampleServer {
  private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");
  private static final long START_LIMIT_SECONDS = 30;
  private static final long STOP_LIMIT_SECONDS = 10;

  private final Process process;
  private final URI address;

  private ExampleServer(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** The command that starts the jar of an example with the given options. */
  static List<String> command(String example, String... options) {
    Path jar = Path.of(
        System.getProperty(example + ".jar", "../" + example + "/target/" + example + ".jar"));
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException("There is no jar at "
          + jar.toAbsolutePath().normalize()
          + "; package the example "
          + example);
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java, "-jar", jar.toString()));
    command.addAll(List.of(options));
    return command;
  }

  /** Starts the server on a free port, and waits until it prints its address. */
  static ExampleServer start(String example, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(command(example, options));
    command.addAll(List.of("--port", "0"));
    Process process = new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
    CompletableFuture<URI> listening = new CompletableFuture<>();
    Thread reader = new Thread(() -> readErrors(process, listening), example + "-stderr");
    reader.setDaemon(true);
    reader.start();
    try {
      return new ExampleServer(process, listening.get(START_LIMIT_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new IllegalStateException("The server of " + example + " did not start", e);
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
      throw new IllegalStateException("The server did not end when it was asked to");
    }
  }
}
