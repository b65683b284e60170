package dev.statelessmcp.lambda.local.front;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * A runtime that streams, by sockets and nothing else; it does what stands between {@code <<} and
 * {@code >>} in the event. It is copied into a task root and runs there.
 */
public final class ScriptedRuntime {
  private static final String ROOT = "/2018-06-01/runtime/";
  private static final String HTTP = "application/vnd.awslambda.http-integration-response";
  private static final String PRELUDE =
      "{\"statusCode\":201,\"headers\":{\"Content-Type\":\"text/event-stream\","
          + "\"WWW-Authenticate\":\"Bearer\"},\"cookies\":[\"a=1\"]}\0\0\0\0\0\0\0\0";

  private ScriptedRuntime() {}

  /** Serves events until it is killed. */
  public static void main(String[] arguments) throws Exception {
    if (!System.getenv("_HANDLER").equals(arguments[0])) {
      throw new IllegalStateException("no handler");
    }
    while (true) {
      String[] event = next();
      String[] words =
          event[1].substring(event[1].indexOf("<<") + 2, event[1].indexOf(">>")).split(" ", 2);
      switch (words[0]) {
        case "sse" ->
          stream(event[0], HTTP, "", PRELUDE + "data: 1\n\n", "@" + words[1], "data: 2\n\n");
        case "small" -> stream(event[0], HTTP, "", PRELUDE.split(""));
        case "break" -> stream(event[0], HTTP, error(), PRELUDE + "data: 1\n\n");
        case "early" -> stream(event[0], HTTP, error(), "");
        case "bare" -> stream(event[0], HTTP, "", "{\"statusCode\":200}");
        case "wrong" -> stream(event[0], HTTP, "", "{\"statusCode\":0}\0\0\0\0\0\0\0\0");
        case "text" -> stream(event[0], "text/plain", "", "plain ", "text");
        case "die" -> stream(event[0], HTTP, "", PRELUDE + "data: 1\n\n", "!");
        case "whole" -> post(event[0] + "/response", "{\"statusCode\":201,\"body\":\"x\"}");
        case "fail" -> post(event[0] + "/error", "{\"errorMessage\":\"on purpose\"}");
        default -> throw new IllegalStateException(words[0]);
      }
    }
  }

  private static String error() {
    String json = "{\"errorMessage\":\"half\",\"errorType\":\"T\"}";
    return "Lambda-Runtime-Function-Error-Type: Runtime.Broken\r\n"
        + "Lambda-Runtime-Function-Error-Body: "
        + Base64.getEncoder().encodeToString(json.getBytes(UTF_8)) + "\r\n";
  }

  /** Id and body of the next event. */
  private static String[] next() throws IOException {
    try (Socket socket = connect()) {
      send(socket.getOutputStream(), "GET " + ROOT + "invocation/next HTTP/1.1\r\n\r\n");
      String id = "";
      int length = 0;
      DataInputStream in = new DataInputStream(socket.getInputStream());
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        String value = line.substring(line.indexOf(':') + 1).strip();
        if (line.startsWith("Lambda-Runtime-Aws-Request-Id:")) {
          id = value;
        } else if (line.startsWith("Content-Length:")) {
          length = Integer.parseInt(value);
        }
      }
      return new String[] {id, new String(in.readNBytes(length), UTF_8)};
    }
  }

  private static void post(String path, String body) throws IOException {
    try (Socket socket = connect()) {
      send(
          socket.getOutputStream(),
          "POST " + ROOT + "invocation/" + path + " HTTP/1.1\r\nContent-Type: application/json\r\n"
              + "Content-Length: " + body.length() + "\r\n\r\n" + body);
      line(new DataInputStream(socket.getInputStream()));
    }
  }

  private static void stream(String id, String type, String trailers, String... pieces)
      throws Exception {
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      send(
          out,
          "POST " + ROOT + "invocation/" + id + "/response HTTP/1.1\r\nContent-Type: " + type
              + "\r\nLambda-Runtime-Function-Response-Mode: streaming\r\n"
              + "Transfer-Encoding: chunked\r\nTrailer: Lambda-Runtime-Function-Error-Type,"
              + " Lambda-Runtime-Function-Error-Body\r\n\r\n");
      for (String piece : pieces) {
        if (piece.equals("!")) {
          Runtime.getRuntime().halt(7);
        } else if (piece.startsWith("@")) {
          while (!Files.exists(Path.of(piece.substring(1)))) {
            Thread.sleep(20);
          }
        } else if (!piece.isEmpty()) {
          send(out, Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n");
        }
      }
      send(out, "0\r\n" + trailers + "\r\n");
      line(new DataInputStream(socket.getInputStream()));
    }
  }

  private static Socket connect() throws IOException {
    String[] address = System.getenv("AWS_LAMBDA_RUNTIME_API").split(":", -1);
    return new Socket(address[0], Integer.parseInt(address[1]));
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(ISO_8859_1));
    out.flush();
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next; (next = in.readUnsignedByte()) != '\n'; ) {
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
