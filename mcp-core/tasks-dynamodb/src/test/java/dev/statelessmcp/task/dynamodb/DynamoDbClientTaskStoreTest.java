package dev.statelessmcp.task.dynamodb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.task.TaskRecord;
import dev.statelessmcp.task.TaskStore;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/** What goes to the client of the SDK, and what becomes of its answers. */
class DynamoDbClientTaskStoreTest {
  private static final TaskRecord RECORD =
      new TaskRecord("key", 2, Instant.ofEpochSecond(4_000_000_000L), new byte[] {'{', '}'});

  private final FakeClient client = new FakeClient();
  private final TaskStore store = DynamoDbClientTaskStore.of(client, "tasks");

  /** Remembers the last request, and fails or answers as it is told. */
  private static final class FakeClient implements DynamoDbClient {
    private RuntimeException failure;
    private Map<String, AttributeValue> item = Map.of();
    private PutItemRequest put;
    private GetItemRequest get;
    private DeleteItemRequest delete;

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
      put = request;
      fail();
      return PutItemResponse.builder().build();
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
      get = request;
      fail();
      return item.isEmpty()
          ? GetItemResponse.builder().build()
          : GetItemResponse.builder().item(item).build();
    }

    @Override
    public DeleteItemResponse deleteItem(DeleteItemRequest request) {
      delete = request;
      fail();
      return DeleteItemResponse.builder().build();
    }

    /** Like clients of the SDK, which send no request on an interrupted thread. */
    private void fail() {
      if (Thread.currentThread().isInterrupted()) {
        throw AbortedException.builder().message("interrupted").build();
      }
      if (failure != null) {
        throw failure;
      }
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {}
  }

  private static DynamoDbException refused(String code) {
    return (DynamoDbException) DynamoDbException.builder()
        .awsErrorDetails(
            AwsErrorDetails.builder().errorCode(code).errorMessage("because").build())
        .message("because")
        .build();
  }

  @Test
  void aReplaceIsAConditionalPut() throws Exception {
    assertTrue(store.replace(RECORD));
    assertEquals("tasks", client.put.tableName());
    assertEquals("v = :v AND e > :now", client.put.conditionExpression());
    assertEquals("1", client.put.expressionAttributeValues().get(":v").n());
    assertEquals("key", client.put.item().get("k").s());
    assertEquals("2", client.put.item().get("v").n());
    assertEquals("4000000000", client.put.item().get("e").n());
    assertEquals("{}", client.put.item().get("d").b().asUtf8String());
  }

  @Test
  void aReadIsConsistent() throws Exception {
    assertTrue(store.read("key").isEmpty());
    assertTrue(client.get.consistentRead());
    assertEquals("key", client.get.key().get("k").s());
  }

  @Test
  void whatWasPutIsRead() throws Exception {
    store.create(RECORD);
    client.item = client.put.item();
    TaskRecord read = store.read("key").orElseThrow();
    assertEquals(2, read.version());
    assertEquals(RECORD.expiresAt(), read.expiresAt());
    assertArrayEquals(RECORD.data(), read.data());
  }

  @Test
  void aDeleteNamesTheKey() throws Exception {
    store.delete("key");
    assertEquals("tasks", client.delete.tableName());
    assertEquals("key", client.delete.key().get("k").s());
  }

  @Test
  void aConditionThatFailsIsNoFailure() throws Exception {
    client.failure = ConditionalCheckFailedException.builder().message("no").build();
    assertFalse(store.create(RECORD));
    assertFalse(store.replace(RECORD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ProvisionedThroughputExceededException", "ThrottlingException", "InternalError"})
  void temporaryFailureIsAnIoException(String code) {
    client.failure = refused(code);
    IOException e = assertThrows(IOException.class, () -> store.replace(RECORD));
    assertTrue(e.getMessage().contains("PutItem on table tasks"), e.getMessage());
    assertSame(client.failure, e.getCause());
  }

  @Test
  void noAnswerIsAnIoException() {
    client.failure = SdkClientException.create("no connection");
    assertThrows(IOException.class, () -> store.read("key"));
    assertThrows(IOException.class, () -> store.delete("key"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AccessDeniedException", "ResourceNotFoundException"})
  void whatDoesNotPassSaysSoAtOnce(String code) {
    client.failure = refused(code);
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> store.read("key"));
    assertTrue(e.getMessage().contains("GetItem on table tasks"), e.getMessage());
  }

  @Test
  void aTableOfSomethingElseIsNamed() {
    client.item = Map.of(
        "k", AttributeValue.fromS("key"), "d", AttributeValue.fromB(SdkBytes.fromUtf8String("x")));
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> store.read("key"));
    assertTrue(e.getMessage().contains("lacks the attribute e"), e.getMessage());
  }

  @Test
  void anInterruptedThreadStillWrites() throws Exception {
    Thread.currentThread().interrupt();
    try {
      assertTrue(store.replace(RECORD));
      assertTrue(Thread.currentThread().isInterrupted());
    } finally {
      assertTrue(Thread.interrupted());
    }
  }
}
