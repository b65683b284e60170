package example;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.task.TaskCall;
import dev.statelessmcp.task.TaskExecutor;
import dev.statelessmcp.task.TaskPolicy;
import dev.statelessmcp.task.Tasks;
import dev.statelessmcp.task.dynamodb.DynamoDbClientTaskStore;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/** Tasks in DynamoDB through an existing client; here a client that keeps items in a map. */
class DynamoDbTasksTest {

  record Month(String month) {}

  private static final class MapClient implements DynamoDbClient {
    private final Map<String, Map<String, AttributeValue>> items = new ConcurrentHashMap<>();

    @Override
    public synchronized PutItemResponse putItem(PutItemRequest request) {
      Map<String, AttributeValue> stored = items.get(request.item().get("k").s());
      AttributeValue expected = request.expressionAttributeValues().get(":v");
      if (expected == null ? stored != null : stored == null || !stored.get("v").equals(expected)) {
        throw ConditionalCheckFailedException.builder().message("the condition failed").build();
      }
      items.put(request.item().get("k").s(), request.item());
      return PutItemResponse.builder().build();
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
      return GetItemResponse.builder().item(items.get(request.key().get("k").s())).build();
    }

    @Override
    public DeleteItemResponse deleteItem(DeleteItemRequest request) {
      items.remove(request.key().get("k").s());
      return DeleteItemResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  @Test
  void aTaskIsKeptInTheTable() {
    Tool report = Tool.of("report", "A report", Month.class, (month, call) -> ToolResult.text(
            TaskCall.of(call).step("name", String.class, () -> month.month().toUpperCase())))
        .apply(TaskPolicy.required().pollInterval(Duration.ofMillis(10)));
    try (MapClient table = new MapClient()) {
      McpServer server = Tasks.of(DynamoDbClientTaskStore.of(table, "tasks"), TaskExecutor.threads())
          .build(McpServer.named("reports", "1.0.0").tool(report));
      McpTestClient client = McpTestClient.of(server);
      client.startTask("report", Map.of("month", "May")).answer().hasText("MAY");
      client.task("of nobody").get().hasError(-32602);
    }
  }
}
