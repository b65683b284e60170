package dev.statelessmcp.lambda.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Adapts a handler for the managed runtime, which does not stream. */
record BufferedHandler(RequestStreamHandler handler) implements StreamHandler {

  @Override
  public void handle(byte[] event, RuntimeResponse response, Context context) throws IOException {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    handler.handleRequest(new ByteArrayInputStream(event), payload, context);
    response.send(payload.toByteArray());
  }
}
