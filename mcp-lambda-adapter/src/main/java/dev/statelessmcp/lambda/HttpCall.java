package dev.statelessmcp.lambda;

import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.StreamableHttp;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One HTTP request, to be run by any thread. */
record HttpCall(
    StreamableHttp endpoint,
    LambdaSettings settings,
    HttpEvent event,
    Attributes attributes,
    LambdaReply reply,
    InvocationLog log)
    implements Runnable {

  @Override
  public void run() {
    // Found out here, since it may need a key from the network, which may take too long
    Attributes all = attributes.with(Caller.class, settings.callerOf(event, log));
    try {
      endpoint.handle(event.toRequest(all), reply);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
