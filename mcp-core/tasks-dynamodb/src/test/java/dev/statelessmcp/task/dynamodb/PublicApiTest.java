package dev.statelessmcp.task.dynamodb;

import dev.statelessmcp.api.PublicApi;
import org.junit.jupiter.api.Test;

/** Every change of the public API is a change of a file, for review to see. */
class PublicApiTest {
  @Test
  void publicApiIsAsRecorded() throws Exception {
    PublicApi.check();
  }
}
