package dev.statelessmcp.lambda.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.task.TaskRecord;
import dev.statelessmcp.task.TaskStore;
import dev.statelessmcp.task.dynamodb.DynamoDbClientTaskStore;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The store without the AWS SDK and the one with it, over one table. */
class SharedTableTaskStoreIT {
  private static final Instant LATER = Instant.ofEpochSecond(4_000_000_000L);

  private final TaskStore signed = new DynamoDbTaskStoreIT().store();

  private static TaskRecord record(String key, long version, String text) {
    return new TaskRecord(key, version, LATER, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertHolds(TaskStore store, TaskRecord expected) throws IOException {
    TaskRecord read = store.read(expected.key()).orElseThrow();
    assertEquals(expected.version(), read.version());
    assertEquals(expected.expiresAt(), read.expiresAt());
    assertArrayEquals(expected.data(), read.data());
  }

  @Test
  void bothStoresReadAndReplaceEachOthersRecords() throws Exception {
    try (DynamoDbClient client = DynamoDbClient.builder()
        .endpointOverride(URI.create(System.getenv("MCP_TEST_DYNAMODB")))
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
        .build()) {
      TaskStore sdk = DynamoDbClientTaskStore.of(client, "tasks");
      assertEquals(signed.maxBytes(), sdk.maxBytes());
      for (List<TaskStore> pair : List.of(List.of(signed, sdk), List.of(sdk, signed))) {
        TaskStore one = pair.get(0);
        TaskStore other = pair.get(1);
        String key = "k-" + UUID.randomUUID();
        assertTrue(one.create(record(key, 1, "{\"n\":1}")));
        assertHolds(other, record(key, 1, "{\"n\":1}"));
        assertFalse(other.create(record(key, 1, "{}")));
        assertTrue(other.replace(record(key, 2, "{\"n\":2}")));
        assertFalse(one.replace(record(key, 2, "{\"late\":true}")));
        assertHolds(one, record(key, 2, "{\"n\":2}"));
        other.delete(key);
        assertTrue(one.read(key).isEmpty());
      }
    }
  }
}
