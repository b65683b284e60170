package dev.statelessmcp.lambda.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.task.TaskRecord;
import dev.statelessmcp.task.TaskStore;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Stores tasks in a DynamoDB table. Each record is an item, which is read consistently and written
 * conditionally. Expired items are ignored, and DynamoDB deletes them by its time to live.
 * Thread-safe.
 *
 * <p>The table has the partition key {@code k}, a string, and no sort key; its time to live is the
 * attribute {@code e}. The function needs {@code dynamodb:GetItem}, {@code PutItem} and
 * {@code DeleteItem} on it. Requests are signed with the credentials of the function, without the
 * AWS SDK. {@code AWS_ENDPOINT_URL_DYNAMODB} sets another endpoint, such as one for tests.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html">Quotas</a>
 */
public final class DynamoDbTaskStore implements TaskStore {
  /** The maximum size of an item is 400 KB, including its key and the names of its attributes. */
  private static final int MAX_BYTES = 400 * 1024 - 1024;

  private static final String VERSION_PREFIX = "DynamoDB_20120810.";
  private static final String REFUSED_CONDITION = "ConditionalCheckFailedException";

  private final String table;
  private final AwsService.Lazy service;

  private DynamoDbTaskStore(String table, Map<String, String> environment) {
    this.table = Objects.requireNonNull(table, "table");
    service = new AwsService.Lazy("dynamodb", environment);
  }

  /**
   * Creates a store in a table, with the region and credentials of the function's environment.
   * Sends no request.
   *
   * @param table the name of the table; not null
   * @return a new store
   */
  public static DynamoDbTaskStore of(String table) {
    return of(table, System.getenv());
  }

  /**
   * Creates a store in the table that the environment variable {@code MCP_TASKS_TABLE} names. Sends
   * no request.
   *
   * @return a new store
   * @throws IllegalStateException if the variable is not set
   */
  public static DynamoDbTaskStore fromEnvironment() {
    String table = System.getenv("MCP_TASKS_TABLE");
    if (table == null || table.isEmpty()) {
      throw new IllegalStateException("MCP_TASKS_TABLE must be set to the name of the table");
    }
    return of(table);
  }

  static DynamoDbTaskStore of(String table, Map<String, String> environment) {
    return new DynamoDbTaskStore(table, environment);
  }

  @Override
  public boolean create(TaskRecord record) throws IOException {
    ObjectNode request = put(record, "attribute_not_exists(k) OR e <= :now");
    request.withObjectProperty("ExpressionAttributeValues").set(":now", now());
    return isDone(send("PutItem", request));
  }

  @Override
  public boolean replace(TaskRecord record) throws IOException {
    ObjectNode request = put(record, "v = :v AND e > :now");
    ObjectNode values = request.withObjectProperty("ExpressionAttributeValues");
    values.set(":v", number(record.version() - 1));
    values.set(":now", now());
    return isDone(send("PutItem", request));
  }

  @Override
  public Optional<TaskRecord> read(String key) throws IOException {
    AwsService.Reply reply = send("GetItem", request(key).put("ConsistentRead", true));
    JsonNode item = reply.json().path("Item");
    Instant expiresAt = Instant.ofEpochSecond(item.path("e").path("N").asLong());
    if (!item.has("k") || !expiresAt.isAfter(Instant.now())) {
      return Optional.empty();
    }
    return Optional.of(new TaskRecord(
        key,
        item.path("v").path("N").asLong(),
        expiresAt,
        Base64.getDecoder().decode(item.path("d").path("B").asText())));
  }

  @Override
  public void delete(String key) throws IOException {
    send("DeleteItem", request(key));
  }

  @Override
  public int maxBytes() {
    return MAX_BYTES;
  }

  private ObjectNode put(TaskRecord record, String condition) {
    ObjectNode request = Json.object().put("TableName", table);
    ObjectNode item = request.putObject("Item");
    item.putObject("k").put("S", record.key());
    item.set("v", number(record.version()));
    item.set("e", number(record.expiresAt().getEpochSecond()));
    item.putObject("d").put("B", Base64.getEncoder().encodeToString(record.data()));
    return request.put("ConditionExpression", condition);
  }

  private ObjectNode request(String key) {
    ObjectNode request = Json.object().put("TableName", table);
    request.putObject("Key").putObject("k").put("S", key);
    return request;
  }

  private static ObjectNode number(long number) {
    return Json.object().put("N", Long.toString(number));
  }

  private static ObjectNode now() {
    return number(Instant.now().getEpochSecond());
  }

  private static boolean isDone(AwsService.Reply reply) {
    return reply.status() == 200;
  }

  /** Sends a request; returns a reply with status 200 or with a failed condition. */
  private AwsService.Reply send(String operation, ObjectNode request) throws IOException {
    AwsService.Reply reply = service
        .get()
        .post(
            "/",
            "",
            Map.of(
                "content-type",
                "application/x-amz-json-1.0",
                "x-amz-target",
                VERSION_PREFIX + operation),
            Json.write(request));
    if (reply.status() == 200 || reply.error().equals(REFUSED_CONDITION)) {
      return reply;
    }
    String what = "DynamoDB refused " + operation + " on table " + table + ", " + reply.describe();
    switch (reply.error()) {
      case "AccessDeniedException",
          "ResourceNotFoundException",
          "ValidationException",
          "UnrecognizedClientException" ->
        throw new IllegalStateException(what); // would fail again
      default -> throw new IOException(what);
    }
  }
}
