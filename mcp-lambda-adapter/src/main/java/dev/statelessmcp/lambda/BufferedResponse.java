package dev.statelessmcp.lambda;

import dev.statelessmcp.lambda.runtime.ResponseStream;
import dev.statelessmcp.lambda.runtime.RuntimeResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** What the managed runtime takes: one payload. */
record BufferedResponse(OutputStream output) implements RuntimeResponse {

  @Override
  public void send(byte[] payload) throws IOException {
    output.write(payload);
  }

  @Override
  public ResponseStream stream(int status, Map<String, List<String>> headers) {
    throw new UnsupportedOperationException("the managed runtime does not stream");
  }
}
