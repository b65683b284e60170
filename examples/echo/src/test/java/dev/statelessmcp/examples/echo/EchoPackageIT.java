package dev.statelessmcp.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.statelessmcp.json.Json;
import dev.statelessmcp.lambda.local.InvocationResult;
import dev.statelessmcp.lambda.local.LambdaProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The package that is deployed, run by AWS's own runtime client. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the runtime client is for Linux alone")
class EchoPackageIT {
  private static final String CALL = """
      {"jsonrpc": "2.0", "id": 1, "method": "tools/call",
       "params": {"name": "echo", "arguments": {"message": "hello"}}}
      """;

  @Test
  void sendsTheTextBack() throws Exception {
    Path zip = Path.of("target", "echo-lambda.zip");
    try (LambdaProcess function =
        LambdaProcess.of(zip, EchoLambda.class.getName()).start()) {
      InvocationResult result = function.invoke(CALL.getBytes(StandardCharsets.UTF_8));
      assertFalse(result.isError(), result::text);
      assertEquals(
          "Echo: hello", Json.parse(result.text()).at("/result/content/0/text").textValue());
    }
  }
}
