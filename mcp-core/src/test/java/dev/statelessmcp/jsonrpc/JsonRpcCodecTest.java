package dev.statelessmcp.jsonrpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRpcCodecTest {
  private static final JsonRpcCodec CODEC = new JsonRpcCodec(JsonLimits.DEFAULT);

  private static JsonRpcPayload read(String text) throws MalformedMessageException {
    return CODEC.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(String text) {
    MalformedMessageException e =
        assertThrows(MalformedMessageException.class, () -> read(text), text);
    assertEquals(e.getMessage(), e.failure().error().message());
    return Json.text(JsonRpcCodec.toJson(e.failure()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"m\",\"params\":{\"x\":[null]}}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"m\"}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":{\"x\":1}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-1,\"message\":\"m\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1,\"message\":\"m\",\"data\":[1.10]}}",
        "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":1,\"message\":\"m\"}}"
      })
  void everyKindOfMessageComesBackAsItWas(String text) throws MalformedMessageException {
    JsonRpcMessage message = assertInstanceOf(JsonRpcMessage.class, read(text));
    assertEquals(text, new String(JsonRpcCodec.write(message), StandardCharsets.UTF_8));
  }

  @Test
  void kindIsToldByItsMembers() throws MalformedMessageException {
    assertEquals(
        new JsonRpcMessage.Request(RequestId.of(1), "m", Json.object()),
        read("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{}}"));
    assertEquals(
        new JsonRpcMessage.Notification("m", Json.object()),
        read("{\"jsonrpc\":\"2.0\",\"method\":\"m\"}"));
    assertEquals(
        new JsonRpcMessage.Result(RequestId.of(1), Json.object()),
        read("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"));
    assertEquals(
        new JsonRpcMessage.Failure(null, new JsonRpcError(1, "m")),
        read("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":1,\"message\":\"m\"}}"));
  }

  @Test
  void unknownMembersAreIgnored() throws MalformedMessageException {
    assertEquals(
        read("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}"),
        read("{\"x\":1,\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"trace\":{}}"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          1 | a message must be an object
          null | a message must be an object
          "x" | a message must be an object
          {} | jsonrpc must be "2.0"
          {"method":"m"} | jsonrpc must be "2.0"
          {"jsonrpc":2.0,"method":"m"} | jsonrpc must be "2.0"
          {"jsonrpc":"1.0","method":"m"} | jsonrpc must be "2.0"
          {"jsonrpc":null,"method":"m"} | jsonrpc must be "2.0"
          {"jsonrpc":"2.0"} | method is required
          {"jsonrpc":"2.0","params":{}} | method is required
          {"jsonrpc":"2.0","id":null,"method":"m"} | id must be a string or an integer
          {"jsonrpc":"2.0","id":1.5,"method":"m"} | id must be a string or an integer
          {"jsonrpc":"2.0","id":true,"method":"m"} | id must be a string or an integer
          {"jsonrpc":"2.0","id":{},"method":"m"} | id must be a string or an integer
          [] | a batch must have at least one message
          """)
  void invalidMessageIsAnsweredWithoutAnId(String text, String what) {
    assertEquals(
        Json.text(Json.parse("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32600,\"message\":\"\"}}"))
            .replace("\"\"", Json.text(Json.NODES.textNode("Invalid request: " + what))),
        refusal(text));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          {"id":"a"} | jsonrpc must be \\"2.0\\"
          {"jsonrpc":"2.0","id":"a"} | method is required
          {"jsonrpc":"2.0","id":"a","method":1} | method must be a string
          {"jsonrpc":"2.0","id":"a","method":null} | method must be a string
          {"jsonrpc":"2.0","id":"a","method":"m","result":{}} | a message must have either a method, or a result or an error
          {"jsonrpc":"2.0","id":"a","method":"m","error":{}} | a message must have either a method, or a result or an error
          """)
  void invalidMessageIsAnsweredWithTheIdIfItCouldBeRead(String text, String what) {
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"error\":{\"code\":-32600,\"message\":\"Invalid request: "
            + what
            + "\"}}",
        refusal(text));
  }

  /** Its id is the one of our request: an answer with it would name no request of the client. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          {"jsonrpc":"2.0","result":{}} | | a response must have the id of its request
          {"jsonrpc":"2.0","id":null,"result":{}} | | a response must have the id of its request
          {"jsonrpc":"2.0","id":1.5,"result":{}} | | a response must have the id of its request
          {"jsonrpc":"2.0","id":"a","result":1} | a | the result of a response must be an object
          {"jsonrpc":"2.0","id":"a","result":null} | a | the result of a response must be an object
          {"jsonrpc":"2.0","id":"a","result":[]} | a | the result of a response must be an object
          {"jsonrpc":"2.0","id":"a","error":null} | a | the result of a response must be an object
          {"jsonrpc":"2.0","id":"a","result":null,"error":null} | a | the result of a response must be an object
          {"jsonrpc":"2.0","id":"a","result":{},"error":{"code":1,"message":"m"}} | a | a response must have either a result or an error, not both
          {"jsonrpc":"2.0","id":"a","result":1,"error":"m"} | a | a response must have either a result or an error, not both
          {"jsonrpc":"2.0","id":"a","error":"m"} | a | the error of a response must be an object
          {"jsonrpc":"2.0","id":"a","error":{}} | a | error.code must be an integer of 32 bits
          {"jsonrpc":"2.0","id":"a","error":{"message":"m"}} | a | error.code must be an integer of 32 bits
          {"jsonrpc":"2.0","id":"a","error":{"code":"1","message":"m"}} | a | error.code must be an integer of 32 bits
          {"jsonrpc":"2.0","id":"a","error":{"code":1.5,"message":"m"}} | a | error.code must be an integer of 32 bits
          {"jsonrpc":"2.0","id":"a","error":{"code":3000000000,"message":"m"}} | a | error.code must be an integer of 32 bits
          {"jsonrpc":"2.0","id":"a","error":{"code":1}} | a | error.message must be a string
          {"jsonrpc":"2.0","id":"a","error":{"code":1,"message":null}} | a | error.message must be a string
          {"id":"a","result":{}} | a | jsonrpc must be "2.0"
          {"jsonrpc":"1.0","id":"a","error":{"code":1,"message":"m"}} | a | jsonrpc must be "2.0"
          """)
  void responseThatIsNotValidIsNotAnswered(String text, String id, String what) {
    MalformedMessageException e = assertThrows(MalformedMessageException.class, () -> read(text));
    assertTrue(e.isResponse());
    assertFalse(e.isAnswered());
    assertFalse(e.hasMethod());
    assertFalse(e.isNotification());
    assertEquals(id == null ? null : RequestId.of(id), e.id());
    assertEquals(what, e.getMessage());
    assertEquals(new JsonRpcMessage.Failure(null, new JsonRpcError(-32600, what)), e.failure());
  }

  /** Some serializers write each member of a class. */
  @Test
  void nullBesideTheOtherMemberOfAResponseIsNotThere() throws MalformedMessageException {
    assertEquals(
        new JsonRpcMessage.Result(RequestId.of(1), Json.object()),
        read("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{},\"error\":null}"));
    assertEquals(
        new JsonRpcMessage.Failure(RequestId.of(1), new JsonRpcError(2, "m")),
        read("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null,"
            + "\"error\":{\"code\":2,\"message\":\"m\"}}"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          {"jsonrpc":"2.0","id":"a"} | false
          {"jsonrpc":"2.0","id":"a","method":"m","result":{}} | true
          {"jsonrpc":"2.0","id":"a","method":1} | true
          {"jsonrpc":"1.0","id":"a","method":"m"} | true
          """)
  void possibleRequestsAreAnswered(String text, boolean hasMethod) {
    MalformedMessageException e = assertThrows(MalformedMessageException.class, () -> read(text));
    assertTrue(e.isAnswered());
    assertFalse(e.isResponse());
    assertEquals(hasMethod, e.hasMethod());
    assertEquals(RequestId.of("a"), e.id());
    assertEquals(RequestId.of("a"), e.failure().id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[1]", "false", "1", "\"x\"", "true"})
  void paramsMustBeAnObject(String params) {
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32602,\"message\":\"Invalid params:"
            + " params must be an object\"}}",
        refusal("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":" + params + "}"));
  }

  /** Some serializers write each member of a class. */
  @Test
  void nullMembersOfAMessageAreNotThere() throws Exception {
    String request =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":null,\"result\":null,\"error\":null}";
    JsonRpcMessage.Request read =
        (JsonRpcMessage.Request) JsonRpcCodec.message(Json.parse(request));
    assertEquals("m", read.method());
    assertTrue(read.params().isEmpty());
    String notification = "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":null}";
    assertTrue(
        JsonRpcCodec.message(Json.parse(notification)) instanceof JsonRpcMessage.Notification);
    String response =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":null,\"params\":null,\"result\":{}}";
    assertTrue(JsonRpcCodec.message(Json.parse(response)) instanceof JsonRpcMessage.Result);
  }

  @Test
  void invalidJsonIsAParseErrorWithAPlace() {
    String answer = refusal("{\"jsonrpc\":\"2.0\",\"id\":1,");
    assertTrue(
        answer.startsWith(
            "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32700,\"message\":\"Parse error: "),
        answer);
    assertTrue(answer.contains("line 1"), answer);
  }

  @Test
  void limitsAreThoseOfTheCodec() {
    JsonRpcCodec small = new JsonRpcCodec(JsonLimits.DEFAULT.withMaxBytes(10));
    assertEquals(10, small.limits().maxBytes());
    MalformedMessageException e =
        assertThrows(MalformedMessageException.class, () -> small.read(new byte[11]));
    assertEquals("Parse error: the text is longer than 10 bytes", e.getMessage());
  }

  @Test
  void batchKeepsItsElementsUnread() throws MalformedMessageException {
    JsonRpcPayload.Batch batch =
        assertInstanceOf(JsonRpcPayload.Batch.class, read("[1,{\"a\":2},[]]"));
    assertEquals("[1,{\"a\":2},[]]", Json.text(Json.array().addAll(batch.elements())));
    assertThrows(UnsupportedOperationException.class, () -> batch.elements().remove(0));
  }

  @Test
  void malformedMessageHasNoStackTrace() {
    MalformedMessageException e = assertThrows(MalformedMessageException.class, () -> read("1"));
    assertEquals(0, e.getStackTrace().length);
    assertNull(e.failure().id());
  }

  private static String failures(String text) throws MalformedMessageException {
    JsonRpcError error = new JsonRpcError(-32603, "late");
    return Json.text(JsonRpcCodec.failures(read(text.replace('\'', '"')), error))
        .replace("{\"jsonrpc\":\"2.0\",", "{")
        .replace("\"error\":{\"code\":-32603,\"message\":\"late\"}", "LATE");
  }

  @Test
  void aFailureIsForEachRequest() throws MalformedMessageException {
    assertEquals("{\"id\":1,LATE}", failures("{'jsonrpc':'2.0','id':1,'method':'m'}"));
    assertEquals("{LATE}", failures("{'jsonrpc':'2.0','method':'m'}"));
    assertEquals("{LATE}", failures("{'jsonrpc':'2.0','id':1,'result':{}}"));
    assertEquals(
        "[{\"id\":1,LATE},{\"id\":\"a\",LATE}]",
        failures("[{'jsonrpc':'2.0','id':1,'method':'m'},{'jsonrpc':'2.0','method':'m'},"
            + "{'jsonrpc':'2.0','method':'m','params':5},{'jsonrpc':'2.0','id':2,'result':{}},"
            + "{'jsonrpc':'2.0','id':'a','method':'m'}]"));
    assertEquals("[]", failures("[{'jsonrpc':'2.0','method':'m'}]"));
  }

  @Test
  void invalidMessageHasItsOwnFailure() throws MalformedMessageException {
    String failures = failures("[5,{'jsonrpc':'2.0','id':1,'method':'m','params':5}]");
    assertTrue(failures.startsWith("[{\"error\":{\"code\":-32600"), failures);
    assertTrue(failures.contains("{\"id\":1,\"error\":{\"code\":-32602"), failures);
  }
}
