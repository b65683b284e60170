package dev.statelessmcp.lambda.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import java.util.concurrent.atomic.AtomicReference;

/** What the runtime creates by name; does what the test at hand wants. */
public final class TestHandler implements StreamHandler {
  static final AtomicReference<StreamHandler> BEHAVIOUR = new AtomicReference<>();

  @Override
  public void handle(byte[] event, RuntimeResponse response, Context context) throws Exception {
    BEHAVIOUR.get().handle(event, response, context);
  }

  @Override
  public void beforeCheckpoint() throws Exception {
    BEHAVIOUR.get().beforeCheckpoint();
  }

  @Override
  public void afterRestore() throws Exception {
    BEHAVIOUR.get().afterRestore();
  }
}
