package dev.statelessmcp.examples.echo;

import dev.statelessmcp.lambda.local.LambdaProcess;
import dev.statelessmcp.lambda.test.LambdaEvent;
import dev.statelessmcp.lambda.test.LambdaTransport;
import dev.statelessmcp.test.McpTestClient;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The package that is deployed, run by AWS's own runtime client. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the runtime client is for Linux alone")
class EchoPackageIT {

  @Test
  void sendsTheTextBack() throws Exception {
    Path zip = Path.of("target", "echo-lambda.zip");
    try (LambdaProcess function =
        LambdaProcess.of(zip, EchoLambda.class.getName()).start()) {
      McpTestClient.of(LambdaTransport.of(function, LambdaEvent.HTTP_API, "/mcp"))
          .call("echo", Map.of("message", "hello"))
          .hasText("Echo: hello");
    }
  }
}
