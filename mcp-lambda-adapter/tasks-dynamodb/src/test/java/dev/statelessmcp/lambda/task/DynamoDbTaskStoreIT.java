package dev.statelessmcp.lambda.task;

import dev.statelessmcp.task.TaskStore;
import dev.statelessmcp.task.TaskStoreContract;
import java.util.Map;
import java.util.Objects;

/** A table over HTTP, which {@code .ci/stores} starts: MCP_TEST_DYNAMODB is its endpoint. */
class DynamoDbTaskStoreIT extends TaskStoreContract {

  @Override
  protected TaskStore store() {
    String endpoint = Objects.requireNonNull(
        System.getenv("MCP_TEST_DYNAMODB"), "MCP_TEST_DYNAMODB must be set; run .ci/stores");
    return DynamoDbTaskStore.of(
        "tasks",
        Map.of(
            "AWS_REGION", "eu-central-1",
            "AWS_ENDPOINT_URL_DYNAMODB", endpoint,
            "AWS_ACCESS_KEY_ID", "id",
            "AWS_SECRET_ACCESS_KEY", "secret"));
  }
}
