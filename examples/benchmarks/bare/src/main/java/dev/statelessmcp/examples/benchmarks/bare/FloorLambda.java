package dev.statelessmcp.examples.benchmarks.bare;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The lower limit of any Java function: reads the event, ignores it, and writes the answer that the
 * benchmark expects as fixed bytes.
 */
public final class FloorLambda implements RequestStreamHandler {
  private static final String ANSWER = """
      {"statusCode":200,"headers":{"content-type":"application/json"},\
      "body":"{\\"jsonrpc\\":\\"2.0\\",\\"id\\":1,\\"result\\":{\\"content\\":\
      [{\\"type\\":\\"text\\",\\"text\\":\\"Echo: hi\\"}],\\"isError\\":false}}",\
      "isBase64Encoded":false}""";

  /** Called by Lambda. */
  public FloorLambda() {}

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    event.readAllBytes();
    answer.write(ANSWER.getBytes(UTF_8));
  }
}
