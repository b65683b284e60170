package dev.statelessmcp.examples.echo;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.json.JsonSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A Lambda authorizer of type TOKEN for a REST API: allows requests that have the expected bearer
 * token. Thread-safe. It logs nothing, so that logs have no tokens.
 *
 * <p>A wrong token is refused with a policy and not with an exception: API Gateway caches policies,
 * so a client that repeats a wrong token does not invoke this function each time.
 */
public final class EchoAuthorizer implements RequestStreamHandler {
  private static final String VARIABLE = "ECHO_TOKEN";
  private static final String SCHEME = "Bearer ";

  private final byte[] expected;

  /**
   * Called by Lambda.
   *
   * @throws IllegalStateException if the environment variable ECHO_TOKEN is not set
   */
  public EchoAuthorizer() {
    this(System.getenv(VARIABLE));
  }

  EchoAuthorizer(String token) {
    if (token == null || token.isBlank()) {
      throw new IllegalStateException(
          VARIABLE + " is not set; set it to the expected bearer token");
    }
    expected = token.strip().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Answers with an IAM policy that allows or denies the stage of the API.
   *
   * @param input the event of API Gateway
   * @param output receives the policy, with a principal and a context for the server
   * @param context not used
   * @throws IOException if the event cannot be read or the answer cannot be written
   * @throws IllegalArgumentException if the event is not that of a TOKEN authorizer
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    JsonNode event = read(input);
    String stage = stage(event.path("methodArn").asText());
    boolean known = isExpected(event.path("authorizationToken").asText());
    output.write(Json.write(answer(stage, known)));
  }

  private static JsonNode read(InputStream input) throws IOException {
    try {
      return Json.read(input.readAllBytes(), JsonLimits.DEFAULT);
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException("The event must be JSON: " + e.getMessage(), e);
    }
  }

  /**
   * The ARN of the stage with all its methods. API Gateway caches the policy for all calls with the
   * same token, so a policy for only the first method would refuse the others.
   */
  private static String stage(String methodArn) {
    String[] parts = methodArn.split("/", 3); // arn:…:api-id, stage, METHOD/path
    if (parts.length < 3 || !parts[0].startsWith("arn:")) {
      throw new IllegalArgumentException(
          "The event must be that of a TOKEN authorizer: methodArn must be an ARN such as"
              + " arn:aws:execute-api:<region>:<account>:<api>/<stage>/<method>/<path>");
    }
    return parts[0] + "/" + parts[1] + "/*";
  }

  private boolean isExpected(String authorization) {
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return false;
    }
    byte[] token =
        authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(token, expected); // in constant time
  }

  private static ObjectNode answer(String stage, boolean known) {
    ObjectNode answer = Json.object();
    answer.put("principalId", known ? "echo-client" : "unknown");
    ObjectNode policy = answer.putObject("policyDocument");
    policy.put("Version", "2012-10-17");
    policy
        .putArray("Statement")
        .addObject()
        .put("Action", "execute-api:Invoke")
        .put("Effect", known ? "Allow" : "Deny")
        .put("Resource", stage);
    // The server gets it as requestContext.authorizer.scheme; only plain values are allowed.
    answer.putObject("context").put("scheme", "bearer");
    return answer;
  }
}
