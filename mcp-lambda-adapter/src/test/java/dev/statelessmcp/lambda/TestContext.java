package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.Client;
import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** An invocation whose time stands still, and whose log can be read. */
public final class TestContext implements Context, LambdaLogger {
  /** What went to the log, with the level that it was given. */
  public final List<Line> lines = new CopyOnWriteArrayList<>();

  private final String requestId;
  private volatile int remaining = 60_000;
  private volatile String xray;
  private volatile Map<String, String> custom;

  public record Line(LogLevel level, String text) {
    public JsonNode json() {
      return Json.parse(text);
    }
  }

  public TestContext() {
    this("request-1");
  }

  TestContext(String requestId) {
    this.requestId = requestId;
  }

  TestContext remaining(int millis) {
    remaining = millis;
    return this;
  }

  TestContext xray(String header) {
    xray = header;
    return this;
  }

  /** As AgentCore Gateway calls a tool. */
  public TestContext agentCore(String tool) {
    return custom(Map.of("bedrockAgentCoreToolName", tool));
  }

  TestContext custom(Map<String, String> members) {
    custom = members;
    return this;
  }

  /** The lines with a member of some value. */
  List<JsonNode> lines(String member, String value) {
    return lines.stream()
        .map(Line::json)
        .filter(line -> line.path(member).asText().equals(value))
        .toList();
  }

  /** The only line that there is. */
  JsonNode line() {
    if (lines.size() != 1) {
      throw new AssertionError("not one line: " + lines);
    }
    return lines.get(0).json();
  }

  @Override
  public void log(String message) {
    lines.add(new Line(LogLevel.UNDEFINED, message));
  }

  @Override
  public void log(byte[] message) {
    log(message, LogLevel.UNDEFINED);
  }

  @Override
  public void log(byte[] message, LogLevel level) {
    lines.add(new Line(level, new String(message, StandardCharsets.UTF_8)));
  }

  @Override
  public LambdaLogger getLogger() {
    return this;
  }

  @Override
  public int getRemainingTimeInMillis() {
    return remaining;
  }

  @Override
  public String getAwsRequestId() {
    return requestId;
  }

  @Override
  public String getXrayTraceId() {
    return xray;
  }

  @Override
  public ClientContext getClientContext() {
    Map<String, String> members = custom;
    if (members == null) {
      return null;
    }
    return new ClientContext() {
      @Override
      public Client getClient() {
        return null;
      }

      @Override
      public Map<String, String> getCustom() {
        return members;
      }

      @Override
      public Map<String, String> getEnvironment() {
        return Map.of();
      }
    };
  }

  @Override
  public String getLogGroupName() {
    return "/aws/lambda/test";
  }

  @Override
  public String getLogStreamName() {
    return "stream";
  }

  @Override
  public String getFunctionName() {
    return "test";
  }

  @Override
  public String getFunctionVersion() {
    return "1";
  }

  @Override
  public String getInvokedFunctionArn() {
    return "arn:aws:lambda:us-east-1:123456789012:function:test";
  }

  @Override
  public CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public int getMemoryLimitInMB() {
    return 512;
  }
}
