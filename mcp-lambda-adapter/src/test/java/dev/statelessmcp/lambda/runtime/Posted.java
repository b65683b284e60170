package dev.statelessmcp.lambda.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A request that the runtime has posted. Its body may still be on its way. */
final class Posted {
  final int connection;
  final String path;
  final Map<String, String> headers;
  final Map<String, String> trailers = new LinkedHashMap<>();
  private final BlockingQueue<Optional<byte[]>> pieces = new LinkedBlockingQueue<>();
  final CompletableFuture<Boolean> complete = new CompletableFuture<>();

  Posted(int connection, String path, Map<String, String> headers) {
    this.connection = connection;
    this.path = path;
    this.headers = headers;
  }

  void add(byte[] piece) {
    pieces.add(Optional.of(piece));
  }

  /** After this, also the trailers are there. */
  void end(boolean whole) {
    pieces.add(Optional.empty());
    complete.complete(whole);
  }

  /** The next chunk, or null at the end of the body. */
  byte[] chunk() throws InterruptedException {
    Optional<byte[]> piece = pieces.poll(FakeRuntimeApi.PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertNotNull(piece, "no chunk arrived");
    return piece.orElse(null);
  }

  String chunkText() throws InterruptedException {
    byte[] chunk = chunk();
    return chunk == null ? null : new String(chunk, StandardCharsets.UTF_8);
  }

  /** A prelude without its delimiter. */
  JsonNode prelude() throws InterruptedException {
    byte[] chunk = chunk();
    assertNotNull(chunk, "the body is empty");
    byte[] delimiter = Arrays.copyOfRange(chunk, chunk.length - 8, chunk.length);
    assertArrayEquals(new byte[8], delimiter);
    return Json.parse(new String(chunk, 0, chunk.length - 8, StandardCharsets.UTF_8));
  }

  /** A body that is not chunked. */
  JsonNode json() throws InterruptedException {
    return Json.parse(chunkText());
  }

  String errorType() {
    return headers.get("lambda-runtime-function-error-type");
  }

  JsonNode trailerError() {
    String base64 = trailers.get("lambda-runtime-function-error-body");
    return Json.parse(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
  }
}
