package dev.statelessmcp.task.dynamodb;

import dev.statelessmcp.task.TaskRecord;
import dev.statelessmcp.task.TaskStore;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * Stores tasks in a DynamoDB table with a client of the AWS SDK for Java 2.x: credentials, region,
 * endpoint, retries, timeouts and metrics are those of the client. Thread-safe.
 *
 * <pre>{@code
 * Tasks tasks = Tasks.of(
 *     DynamoDbClientTaskStore.of(DynamoDbClient.create(), "tasks"), TaskExecutor.threads());
 * }</pre>
 *
 * <p>Each record is an item, which is read consistently and written conditionally. Expired items
 * are ignored, and DynamoDB deletes them by its time to live. The table has the partition key
 * {@code k}, a string, and no sort key; its time to live is the attribute {@code e}. The client
 * needs {@code dynamodb:GetItem}, {@code PutItem} and {@code DeleteItem} on it. The
 * {@code DynamoDbTaskStore} of {@code mcp-lambda-tasks} has the same format without the SDK: both
 * may use one table.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdk-for-java/latest/developer-guide/examples-dynamodb.html">DynamoDB
 *     in the AWS SDK for Java 2.x</a>
 */
public final class DynamoDbClientTaskStore implements TaskStore {
  /** The maximum size of an item is 400 KB, including its key and the names of its attributes. */
  private static final int MAX_BYTES = 400 * 1024 - 1024;

  /** Errors that a retry does not change. */
  private static final Set<String> PERMANENT = Set.of(
      "AccessDeniedException",
      "ResourceNotFoundException",
      "UnrecognizedClientException",
      "ValidationException");

  private final DynamoDbClient client;
  private final String table;

  private DynamoDbClientTaskStore(DynamoDbClient client, String table) {
    this.client = Objects.requireNonNull(client, "client");
    this.table = Objects.requireNonNull(table, "table");
  }

  /**
   * Creates a store in a table. Sends no request.
   *
   * @param client the client, which the store never closes; not null
   * @param table the name of the table, or its ARN; not null
   * @return a new store
   */
  public static DynamoDbClientTaskStore of(DynamoDbClient client, String table) {
    return new DynamoDbClientTaskStore(client, table);
  }

  @Override
  public boolean create(TaskRecord record) throws IOException {
    return put(record, "attribute_not_exists(k) OR e <= :now", Map.of(":now", now()));
  }

  @Override
  public boolean replace(TaskRecord record) throws IOException {
    return put(
        record, "v = :v AND e > :now", Map.of(":v", number(record.version() - 1), ":now", now()));
  }

  private boolean put(TaskRecord record, String condition, Map<String, AttributeValue> values)
      throws IOException {
    PutItemRequest request = PutItemRequest.builder()
        .tableName(table)
        .item(Map.of(
            "k", AttributeValue.fromS(record.key()),
            "v", number(record.version()),
            "e", number(record.expiresAt().getEpochSecond()),
            "d", AttributeValue.fromB(SdkBytes.fromByteArray(record.data()))))
        .conditionExpression(condition)
        .expressionAttributeValues(values)
        .build();
    return send("PutItem", () -> {
      try {
        client.putItem(request);
        return true;
      } catch (ConditionalCheckFailedException e) {
        return false;
      }
    });
  }

  @Override
  public Optional<TaskRecord> read(String key) throws IOException {
    Map<String, AttributeValue> item = send(
        "GetItem",
        () -> client
            .getItem(request -> request.tableName(table).key(keyOf(key)).consistentRead(true))
            .item());
    if (item.isEmpty()) {
      return Optional.empty();
    }
    Instant expiresAt = Instant.ofEpochSecond(numberOf(item, "e", key));
    AttributeValue data = item.get("d");
    if (data == null || data.b() == null) {
      throw notOurs(key, "d");
    }
    return expiresAt.isAfter(Instant.now())
        ? Optional.of(
            new TaskRecord(key, numberOf(item, "v", key), expiresAt, data.b().asByteArray()))
        : Optional.empty();
  }

  @Override
  public void delete(String key) throws IOException {
    send(
        "DeleteItem",
        () -> client.deleteItem(request -> request.tableName(table).key(keyOf(key))));
  }

  @Override
  public int maxBytes() {
    return MAX_BYTES;
  }

  private static Map<String, AttributeValue> keyOf(String key) {
    return Map.of("k", AttributeValue.fromS(key));
  }

  private static AttributeValue number(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }

  private static AttributeValue now() {
    return number(Instant.now().getEpochSecond());
  }

  private long numberOf(Map<String, AttributeValue> item, String name, String key) {
    AttributeValue value = item.get(name);
    if (value == null || value.n() == null) {
      throw notOurs(key, name);
    }
    return Long.parseLong(value.n());
  }

  private IllegalStateException notOurs(String key, String attribute) {
    return new IllegalStateException("the item " + key + " of table " + table
        + " lacks the attribute " + attribute + ": the table must have only tasks");
  }

  /**
   * Sends a request, even if the thread is interrupted, because the last write of a run must not be
   * lost. The SDK would refuse to send it.
   */
  private <T> T send(String operation, Callable<T> request) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      return request.call();
    } catch (SdkException e) {
      String what = "DynamoDB refused " + operation + " on table " + table;
      if (e instanceof DynamoDbException refused
          && refused.awsErrorDetails() != null
          && PERMANENT.contains(refused.awsErrorDetails().errorCode())) {
        throw new IllegalStateException(what, e);
      }
      throw new IOException(what, e);
    } catch (RuntimeException e) {
      throw e; // such as from a closed client
    } catch (Exception e) {
      throw new IllegalStateException("requests throw no checked exception", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
