package dev.statelessmcp.lambda.local.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.lambda.local.http.Header;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each service makes of a result. */
class AnswersTest {
  private static final String GOOD = "{'statusCode':201,'headers':{'X-A':'1','X-B':2},'body':'hé'}";

  private static GatewayResponse answer(String format, String result)
      throws MalformedAnswerException {
    return EventsTest.format(format)
        .answer(
            EventsTest.request("POST", "/x", null, "{}"),
            result.replace('\'', '"').getBytes(UTF_8));
  }

  private static String refusal(String format, String result) {
    return assertThrows(MalformedAnswerException.class, () -> answer(format, result), format)
        .getMessage();
  }

  private static String text(GatewayResponse answer) {
    return new String(answer.body(), UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rest", "http", "http1", "url", "alb", "lattice", "lattice1"})
  void aGoodResultIsPassedOn(String format) throws Exception {
    GatewayResponse answer = answer(format, GOOD);
    assertEquals(201, answer.status());
    assertEquals("hé", text(answer));
    assertEquals("1", Header.first(answer.headers(), "x-a"));
    assertEquals("2", Header.first(answer.headers(), "x-b"));
  }

  @ParameterizedTest
  @CsvSource({
    "rest, application/json",
    "http, text/plain;charset=UTF-8",
    "url, application/json",
    "alb, application/octet-stream"
  })
  void aTypeIsPutOnABodyWithoutOne(String format, String type) throws Exception {
    assertEquals(type, Header.first(answer(format, GOOD).headers(), "Content-Type"));
    assertEquals(List.of(), answer(format, "{'statusCode':202,'body':''}").headers());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rest", "http1", "alb", "alb-multi", "lattice", "lattice1"})
  void everythingButPayload2NeedsAStatus(String format) {
    assertEquals("it has no statusCode", refusal(format, "{}"));
    assertEquals("its statusCode is true", refusal(format, "{'statusCode':true}"));
    assertEquals("its statusCode is 42", refusal(format, "{'statusCode':42}"));
    assertEquals("it is not an object", refusal(format, "[]"));
    assertEquals("it is empty", refusal(format, ""));
    assertTrue(refusal(format, "oops").startsWith("it is not JSON"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "url"})
  void payload2TakesAnythingForABody(String format) throws Exception {
    for (String result : List.of("{'jsonrpc':'2.0'}", "[1]", "17", "null")) {
      GatewayResponse answer = answer(format, result);
      assertEquals(200, answer.status());
      assertEquals(result.replace('\'', '"'), text(answer));
      assertEquals("application/json", Header.first(answer.headers(), "Content-Type"));
    }
    assertEquals("hello", text(answer(format, "'hello'")));
    refusal(format, "{'statusCode':200,'body':{}}");
    refusal(format, "");
    GatewayResponse cookies = answer(format, "{'statusCode':200,'cookies':['a=1','b=2']}");
    assertEquals(
        List.of(new Header("Set-Cookie", "a=1"), new Header("Set-Cookie", "b=2")),
        cookies.headers());
  }

  @Test
  void aRestApiIsStrict() {
    assertEquals(
        "it has a member cookies", refusal("rest", "{'statusCode':200,'cookies':['a=1']}"));
    assertEquals("its body is not a string", refusal("rest", "{'statusCode':200,'body':{'a':1}}"));
    assertEquals(
        "its headers.A is not a string",
        refusal("rest", "{'statusCode':200,'headers':{'A':['b']}}"));
    assertEquals(
        "its multiValueHeaders.A is not a list",
        refusal("rest", "{'statusCode':200,'multiValueHeaders':{'A':'b'}}"));
    assertEquals(
        "its isBase64Encoded is not a boolean",
        refusal("rest", "{'statusCode':200,'isBase64Encoded':'true'}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rest", "http1"})
  void listsOfHeadersWinOverSingleOnes(String format) throws Exception {
    GatewayResponse answer = answer(
        format,
        "{'statusCode':200,'headers':{'a':'0','c':'3'},'multiValueHeaders':{'A':['1','2']}}");
    assertEquals(
        List.of(new Header("A", "1"), new Header("A", "2"), new Header("c", "3")),
        answer.headers());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "http1", "url", "alb", "lattice"})
  void base64IsUndone(String format) throws Exception {
    GatewayResponse answer =
        answer(format, "{'statusCode':200,'body':'aMOp','isBase64Encoded':true}");
    assertEquals("hé", text(answer));
    refusal(format, "{'statusCode':200,'body':'!','isBase64Encoded':true}");
  }

  @Test
  void aRestApiUndoesBase64OnlyForItsBinaryTypes() throws Exception {
    String result = "{'statusCode':200,'body':'aMOp','isBase64Encoded':true}";
    assertEquals("aMOp", text(answer("rest", result)));
    EventFormat binary =
        EventFormats.of("rest", new Gateway("dev", List.of(), List.of("application/json")));
    GatewayResponse answer = binary.answer(
        EventsTest.request("POST", "/x", null, ""), result.replace('\'', '"').getBytes(UTF_8));
    assertEquals("hé", text(answer));
  }

  @ParameterizedTest
  @CsvSource({"rest, true", "http, true", "http1, true", "url, false", "alb, false"})
  void onlyApisRenameTheChallenge(String format, boolean renames) throws Exception {
    GatewayResponse answer =
        answer(format, "{'statusCode':401,'headers':{'www-authenticate':'Bearer'}}");
    String renamed = Header.first(answer.headers(), "x-amzn-Remapped-WWW-Authenticate");
    String plain = Header.first(answer.headers(), "WWW-Authenticate");
    assertEquals("Bearer", renames ? renamed : plain);
    assertNull(renames ? plain : renamed);
  }

  @Test
  void aLoadBalancerWantsTheHeadersOfItsMode() throws Exception {
    String multi = "{'statusCode':200,'multiValueHeaders':{'A':['1','2']}}";
    assertEquals(2, answer("alb-multi", multi).headers().size());
    assertTrue(refusal("alb", multi).contains("multi-value headers are off"));
    assertTrue(refusal("alb-multi", GOOD).contains("multi-value headers are on"));
    String large = "{'statusCode':200,'body':'" + "x".repeat(1024 * 1024) + "'}";
    assertTrue(refusal("alb", large).endsWith("the limit is 1048576"));
  }

  @Test
  void directInvocationPassesEverythingOn() throws Exception {
    assertEquals("[1", text(answer("direct", "[1")));
    GatewayResponse error = EventsTest.format("direct").functionError("{}".getBytes(UTF_8));
    assertEquals(502, error.status());
    assertEquals("Unhandled", Header.first(error.headers(), "X-Amz-Function-Error"));
  }
}
