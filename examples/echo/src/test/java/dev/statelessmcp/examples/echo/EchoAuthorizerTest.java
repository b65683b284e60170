package dev.statelessmcp.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EchoAuthorizerTest {
  private static final String API = "arn:aws:execute-api:eu-west-1:123456789012:abc123";
  private static final String METHOD = API + "/dev/POST/echo/mcp";

  private final EchoAuthorizer authorizer = new EchoAuthorizer("s3cret-token");

  private static ObjectNode event(String token) {
    return Json.object()
        .put("type", "TOKEN")
        .put("authorizationToken", token)
        .put("methodArn", METHOD);
  }

  private JsonNode answer(String event) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    byte[] input = event.getBytes(StandardCharsets.UTF_8);
    authorizer.handleRequest(new ByteArrayInputStream(input), output, null);
    return Json.parse(output.toString(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer s3cret-token",
        "bearer s3cret-token",
        "BEARER   s3cret-token",
        "Bearer s3cret-token "
      })
  void theTokenOpensTheWholeStage(String authorization) throws IOException {
    JsonNode answer = answer(Json.text(event(authorization)));
    JsonNode expected = Json.parse("{\"principalId\":\"echo-client\",\"policyDocument\":{"
        + "\"Version\":\"2012-10-17\",\"Statement\":[{\"Action\":\"execute-api:Invoke\","
        + "\"Effect\":\"Allow\",\"Resource\":\"" + API + "/dev/*\"}]},"
        + "\"context\":{\"scheme\":\"bearer\"}}");
    assertEquals(expected, answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "s3cret-token",
        "Basic s3cret-token",
        "Bearers3cret-token",
        "Bearer s3cret-toke",
        "Bearer s3cret-token2",
        "Bearer S3CRET-TOKEN",
        "Bearer s3cret-token,Bearer x"
      })
  void anythingElseIsDenied(String authorization) throws IOException {
    JsonNode answer = answer(Json.text(event(authorization)));
    assertEquals("Deny", effect(answer));
    assertEquals("unknown", answer.path("principalId").asText());
  }

  @Test
  void anEventWithoutATokenIsDenied() throws IOException {
    ObjectNode event = event("x");
    event.remove("authorizationToken");
    assertEquals("Deny", effect(answer(Json.text(event))));
    assertEquals("Deny", effect(answer(Json.text(event.putNull("authorizationToken")))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "arn:aws:execute-api:eu-west-1:1:abc", "x/dev/POST/echo/mcp"})
  void anotherEventIsAClearError(String methodArn) {
    String event = Json.text(event("Bearer s3cret-token").put("methodArn", methodArn));
    Exception error = assertThrows(IllegalArgumentException.class, () -> answer(event));
    assertTrue(error.getMessage().contains("methodArn"), error::getMessage);
    assertFalse(error.getMessage().contains("s3cret"), error::getMessage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "\"Bearer s3cret-token\""})
  void missingEventIsAClearError(String text) {
    Exception error = assertThrows(IllegalArgumentException.class, () -> answer(text));
    assertTrue(error.getMessage().startsWith("The event must be "), error::getMessage);
    assertFalse(error.getMessage().contains("s3cret"), error::getMessage);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void withoutATokenToExpectItDoesNotStart(String token) {
    Exception error = assertThrows(IllegalStateException.class, () -> new EchoAuthorizer(token));
    assertTrue(error.getMessage().contains("ECHO_TOKEN"), error::getMessage);
  }

  @Test
  void nothingIsPrinted() throws IOException {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      System.setErr(System.out);
      answer(Json.text(event("Bearer s3cret-token")));
      answer(Json.text(event("Bearer wrong")));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertEquals("", printed.toString(StandardCharsets.UTF_8));
  }

  private static String effect(JsonNode answer) {
    return answer.at("/policyDocument/Statement/0/Effect").asText();
  }
}
