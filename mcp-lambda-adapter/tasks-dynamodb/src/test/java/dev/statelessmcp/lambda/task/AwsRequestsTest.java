package dev.statelessmcp.lambda.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.task.TaskRecord;
import dev.statelessmcp.task.TaskStore;
import dev.statelessmcp.task.Tasks;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes to AWS, and what becomes of its answers. */
class AwsRequestsTest {
  private static final TaskRecord RECORD =
      new TaskRecord("key", 2, Instant.ofEpochSecond(4_000_000_000L), new byte[] {'{', '}'});

  private final Tasks tasks = Tasks.inMemory();
  private FakeAws aws;

  @BeforeEach
  void open() throws IOException {
    aws = new FakeAws();
  }

  @AfterEach
  void close() {
    aws.close();
  }

  private TaskStore store() {
    return DynamoDbTaskStore.of("tasks", aws.environment());
  }

  @Test
  void aReplaceIsAConditionalPut() throws Exception {
    aws.answer(200, "{}");
    assertTrue(store().replace(RECORD));
    FakeAws.Request request = aws.requests.take();
    assertEquals("DynamoDB_20120810.PutItem", request.headers().get("x-amz-target"));
    assertEquals("application/x-amz-json-1.0", request.headers().get("content-type"));
    assertEquals("session", request.headers().get("x-amz-security-token"));
    assertTrue(request.headers().get("authorization").contains("/eu-central-1/dynamodb/"));
    JsonNode body = Json.parse(request.body());
    assertEquals("tasks", body.path("TableName").asText());
    assertEquals("v = :v AND e > :now", body.path("ConditionExpression").asText());
    assertEquals("1", body.at("/ExpressionAttributeValues/:v/N").asText());
    assertEquals("2", body.at("/Item/v/N").asText());
    assertEquals("4000000000", body.at("/Item/e/N").asText());
    assertEquals("e30=", body.at("/Item/d/B").asText());
  }

  @Test
  void aReadIsConsistent() throws Exception {
    aws.answer(200, "{}");
    assertTrue(store().read("key").isEmpty());
    assertTrue(Json.parse(aws.requests.take().body()).path("ConsistentRead").asBoolean());
  }

  @Test
  void aConditionThatFailsIsNoFailure() throws Exception {
    aws.answer(
        400, "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\"}");
    assertFalse(store().replace(RECORD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ProvisionedThroughputExceededException", "ThrottlingException", "InternalError"})
  void temporaryFailureIsAnIoException(String type) {
    aws.answer(400, "{\"__type\":\"x#" + type + "\",\"message\":\"later\"}");
    IOException e = assertThrows(IOException.class, () -> store().replace(RECORD));
    assertTrue(e.getMessage().contains(type + ": later"), e.getMessage());
  }

  @Test
  void aPageOfAProxyIsAnIoException() {
    aws.answer(503, "<html>");
    assertThrows(IOException.class, () -> store().read("key"));
  }

  @Test
  void nonsenseIsAnIoException() {
    aws.answer(200, "<html>");
    assertThrows(IOException.class, () -> store().read("key"));
  }

  @Test
  void noAnswerIsAnIoException() {
    TaskStore store = store();
    aws.close();
    assertThrows(IOException.class, () -> store.read("key"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AccessDeniedException", "ResourceNotFoundException"})
  void whatDoesNotPassSaysSoAtOnce(String type) {
    aws.answer(400, "{\"__type\":\"x#" + type + "\",\"Message\":\"no\"}");
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> store().read("key"));
    assertTrue(e.getMessage().contains("GetItem on table tasks"), e.getMessage());
  }

  @Test
  void theFunctionInvokesItself() throws Exception {
    aws.answer(202, "");
    LambdaTaskExecutor executor = LambdaTaskExecutor.of(aws.environment());
    executor.start("task-1", tasks);
    FakeAws.Request request = aws.requests.take();
    assertEquals("/2015-03-31/functions/my+function/invocations", request.target());
    assertEquals("Event", request.headers().get("x-amz-invocation-type"));
    assertEquals("{\"source\":\"dev.statelessmcp.tasks\",\"taskId\":\"task-1\"}", request.body());
    assertTrue(executor.isRemote());
  }

  @Test
  void aVersionInvokesThatVersion() throws Exception {
    aws.answer(202, "");
    Map<String, String> environment = new HashMap<>(aws.environment());
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "7");
    LambdaTaskExecutor.of(environment).start("task-1", tasks);
    assertTrue(aws.requests.take().target().endsWith("/invocations?Qualifier=7"));
  }

  @Test
  void anInvocationThatIsRefusedIsAnIoException() {
    aws.answer(403, "{\"Message\":\"not authorized\"}");
    IOException e = assertThrows(
        IOException.class, () -> LambdaTaskExecutor.of(aws.environment()).start("task-1", tasks));
    assertTrue(e.getMessage().contains("not authorized"), e.getMessage());
  }

  @Test
  void aQueueGetsAMessage() throws Exception {
    aws.answer(200, "{\"MessageId\":\"m\"}");
    SqsTaskExecutor executor = SqsTaskExecutor.of("https://queue/url", aws.environment());
    executor.start("task-1", tasks);
    FakeAws.Request request = aws.requests.take();
    assertEquals("AmazonSQS.SendMessage", request.headers().get("x-amz-target"));
    JsonNode body = Json.parse(request.body());
    assertEquals("https://queue/url", body.path("QueueUrl").asText());
    assertEquals(
        "task-1", Json.parse(body.path("MessageBody").asText()).path("taskId").asText());
    assertTrue(executor.isRemote());
  }

  @Test
  void aMessageThatIsRefusedIsAnIoException() {
    aws.answer(400, "{\"__type\":\"com.amazonaws.sqs#QueueDoesNotExist\"}");
    assertThrows(
        IOException.class,
        () -> SqsTaskExecutor.of("https://queue/url", aws.environment()).start("t", tasks));
  }

  @Test
  void credentialsComeFromTheirEndpointOnce() throws Exception {
    aws.answer(
        200,
        "{\"AccessKeyId\":\"A\",\"SecretAccessKey\":\"S\",\"Token\":\"T\",\"Expiration\":\""
            + Instant.now().plusSeconds(3600) + "\"}");
    AwsCredentials.Source source = new AwsCredentials.Source(Map.of(
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        aws.url() + "/credentials",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN",
        "secret"));
    assertEquals(new AwsCredentials("A", "S", "T"), source.get());
    assertEquals(new AwsCredentials("A", "S", "T"), source.get());
    assertEquals("secret", aws.requests.take().headers().get("authorization"));
    assertTrue(aws.requests.isEmpty());
  }

  @Test
  void credentialsAreFetchedAgainBeforeTheyExpire() throws Exception {
    String soon = Instant.now().plusSeconds(60).toString();
    aws.answer(
            200,
            "{\"AccessKeyId\":\"1\",\"SecretAccessKey\":\"S\",\"Token\":\"T\",\"Expiration\":\""
                + soon + "\"}")
        .answer(
            200,
            "{\"AccessKeyId\":\"2\",\"SecretAccessKey\":\"S\",\"Token\":\"T\",\"Expiration\":\""
                + soon + "\"}");
    AwsCredentials.Source source = new AwsCredentials.Source(
        Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", aws.url() + "/credentials"));
    assertEquals("1", source.get().accessKeyId());
    assertEquals("2", source.get().accessKeyId());
  }

  @Test
  void missingSettingsAreNamed() {
    IllegalStateException noRegion = assertThrows(
        IllegalStateException.class,
        () -> DynamoDbTaskStore.of("tasks", Map.of()).read("key"));
    assertTrue(noRegion.getMessage().contains("AWS_REGION"));
    IllegalStateException noKey = assertThrows(
        IllegalStateException.class,
        () -> DynamoDbTaskStore.of("tasks", Map.of("AWS_REGION", "x")).read("key"));
    assertTrue(noKey.getMessage().contains("AWS_ACCESS_KEY_ID"));
    IllegalStateException noName = assertThrows(
        IllegalStateException.class, () -> LambdaTaskExecutor.of(Map.of()).start("t", tasks));
    assertTrue(noName.getMessage().contains("AWS_LAMBDA_FUNCTION_NAME"));
  }
}
