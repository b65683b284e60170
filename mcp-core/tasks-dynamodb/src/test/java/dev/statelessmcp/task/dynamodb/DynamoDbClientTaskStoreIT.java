package dev.statelessmcp.task.dynamodb;

import dev.statelessmcp.task.TaskStore;
import dev.statelessmcp.task.TaskStoreContract;
import java.net.URI;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A table over HTTP, which {@code .ci/stores} starts: MCP_TEST_DYNAMODB is its endpoint. */
class DynamoDbClientTaskStoreIT extends TaskStoreContract {
  private static DynamoDbClient client;

  @BeforeAll
  static void connect() {
    String endpoint = Objects.requireNonNull(
        System.getenv("MCP_TEST_DYNAMODB"), "MCP_TEST_DYNAMODB must be set; run .ci/stores");
    client = DynamoDbClient.builder()
        .endpointOverride(URI.create(endpoint))
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
        .build();
  }

  @AfterAll
  static void close() {
    client.close();
  }

  @Override
  protected TaskStore store() {
    return DynamoDbClientTaskStore.of(client, "tasks");
  }
}
