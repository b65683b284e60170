package dev.statelessmcp.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The package for the Lambda Web Adapter, unpacked and started as the adapter does. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "run.sh is for Lambda, which is Linux")
class EchoWebIT {
  private static final Path ZIP = Path.of("..", "echo", "target", "echo-web.zip");
  private static final String URL_HOST = "abc123.lambda-url.eu-west-1.on.aws";
  private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\","
      + "\"params\":{\"name\":\"echo\",\"arguments\":{\"message\":\"hello\"}}}";

  @TempDir
  private Path task;

  @Test
  void holdsTheProgramAndAScriptThatMayBeRun() throws IOException {
    unpack();
    assertTrue(Files.isRegularFile(task.resolve("echo.jar")));
    assertTrue(Files.isExecutable(task.resolve("run.sh")));
  }

  /** The adapter forwards the client's Host header; its own checks send a loopback one. */
  @ParameterizedTest
  @CsvSource({"*, 200", URL_HOST + ", 200", "other.example.com, 403", "'', 403"})
  void answersTheHostsThatAreAllowed(String allowedHosts, int status) throws Exception {
    unpack();
    ProcessBuilder builder = new ProcessBuilder(task.resolve("run.sh").toString());
    builder.environment().put("LAMBDA_TASK_ROOT", task.toString());
    builder.environment().put("AWS_LWA_PORT", "0");
    builder.environment().put("MCP_ALLOWED_HOSTS", allowedHosts);
    builder
        .environment()
        .put("PATH", Path.of(System.getProperty("java.home"), "bin") + ":/usr/bin:/bin");
    Process process = builder.redirectErrorStream(true).start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      int port = port(output);
      String ready = exchange(port, "GET /health HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n", "");
      assertTrue(ready.startsWith("HTTP/1.1 200 "), ready);
      String answer = exchange(
          port,
          "POST /echo/mcp HTTP/1.1\r\nHost: " + URL_HOST
              + "\r\nContent-Type: application/json\r\nAccept: application/json,"
              + " text/event-stream\r\nMCP-Protocol-Version: 2025-11-25\r\n",
          CALL);
      assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
      assertEquals(status == 200, answer.contains("Echo: hello"), answer);
    } finally {
      process.destroy();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
    }
  }

  private static int port(BufferedReader output) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String line; (line = output.readLine()) != null; ) {
      all.append(line).append('\n');
      int at = line.indexOf("listening on ");
      if (at >= 0) {
        return URI.create(line.substring(at + "listening on ".length())).getPort();
      }
    }
    throw new IOException("it ended: " + all);
  }

  /** Over a socket, because the HTTP client of the JDK does not allow setting the Host header. */
  private static String exchange(int port, String head, String body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(60_000);
      String request =
          head + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream input = socket.getInputStream();
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void unpack() throws IOException {
    Map<String, Boolean> withModes = Map.of("enablePosixFileAttributes", true);
    try (FileSystem zip = FileSystems.newFileSystem(ZIP, withModes)) {
      for (String name : new String[] {"echo.jar", "run.sh"}) {
        Path file = zip.getPath(name);
        Files.copy(file, task.resolve(name));
        Files.setPosixFilePermissions(task.resolve(name), Files.getPosixFilePermissions(file));
      }
      String mode =
          PosixFilePermissions.toString(Files.getPosixFilePermissions(zip.getPath("run.sh")));
      assertEquals("rwxr-xr-x", mode);
    }
  }
}
