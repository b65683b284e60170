package dev.statelessmcp.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LambdaSettingsTest {

  @Test
  void withoutVariablesEveryPathIsTheEndpoint() {
    assertNull(LambdaSettings.from(Map.of()).path());
    assertNull(LambdaSettings.from(Map.of("MCP_PATH", " ")).path());
  }

  @Test
  void thePathComesFromTheEnvironment() {
    assertEquals(
        "/echo/mcp", LambdaSettings.from(Map.of("MCP_PATH", "/echo/mcp")).path());
  }

  @ParameterizedTest
  @CsvSource({"MCP_PATH,echo", "MCP_PUBLIC_URL,example.com", "MCP_ALLOWED_ORIGINS,example.com"})
  void aBadVariableFailsByItsName(String name, String value) {
    IllegalArgumentException e = assertThrows(
        IllegalArgumentException.class, () -> LambdaSettings.from(Map.of(name, value)));
    assertTrue(e.getMessage().contains(name), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "MCP_PATH,/mcp?a=b",
    "MCP_PATH,/a b",
    "MCP_PATH,//mcp",
    "MCP_PATH,/mcp/*",
    "MCP_PUBLIC_URL,ftp://example.com",
    "MCP_ALLOWED_ORIGINS,'none,https://a.example'",
    "MCP_PUBLIC_URL,*",
    "MCP_PUBLIC_URL,none",
    "MCP_PUBLIC_URL,https://*.example.com",
    "MCP_ALLOWED_ORIGINS,*.example.com",
    "MCP_ALLOWED_ORIGINS,'https://a.example, b'",
    "MCP_ALLOWED_ORIGINS,https://a.*.example",
    "MCP_ALLOWED_ORIGINS,','"
  })
  void anOriginThatCanNeverMatchFailsByTheNameOfItsVariable(String name, String value) {
    aBadVariableFailsByItsName(name, value);
  }

  @Test
  void originsAreThoseOfThePublicUrlAndOfTheList() {
    String url = "https://api.example.com/echo/mcp";
    String list = " https://*.example.org ,http://localhost:*,";
    assertNull(LambdaSettings.from(Map.of("MCP_ALLOWED_ORIGINS", " ")).origins());
    assertEquals(
        List.of("https://api.example.com"),
        LambdaSettings.from(Map.of("MCP_PUBLIC_URL", url)).origins());
    Map<String, String> both = Map.of("MCP_PUBLIC_URL", url, "MCP_ALLOWED_ORIGINS", list);
    assertEquals(
        List.of("https://api.example.com", "https://*.example.org", "http://localhost:*"),
        LambdaSettings.from(both).origins());
    assertEquals(List.of(), LambdaSettings.from(both).allowedOrigins(List.of()).origins());
    Map<String, String> none = Map.of("MCP_PUBLIC_URL", url, "MCP_ALLOWED_ORIGINS", "none");
    assertEquals(List.of("none"), LambdaSettings.from(none).origins());
  }

  @ParameterizedTest
  @CsvSource({"128,1048576", "255,1048576", "256,2097152", "511,2097152", "512,6291456", ",4194304"
  })
  void howLargeAMessageMayBeFollowsFromTheMemory(String memory, int expected) {
    Map<String, String> environment =
        memory == null ? Map.of() : Map.of("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", memory);
    assertEquals(expected, LambdaSettings.from(environment).limits().maxBytes());
    assertEquals(expected, LambdaSettings.from(environment).limits().maxStringLength());
  }

  @Test
  void aLimitThatIsSetCounts() {
    Map<String, String> environment =
        Map.of("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128", "MCP_MAX_REQUEST_BYTES", "5000000");
    assertEquals(5_000_000, LambdaSettings.from(environment).limits().maxBytes());
  }

  @ParameterizedTest
  @CsvSource({
    "MCP_MAX_REQUEST_BYTES,0", "MCP_MAX_REQUEST_BYTES,1e3", "MCP_GATEWAY_TIMEOUT_MS,0",
    "MCP_GATEWAY_TIMEOUT_MS,29s", "MCP_DEADLINE_MARGIN_MS,-1", "MCP_LOAD_BALANCER_ARN,arn:x",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE,much"
  })
  void aBadNumberFailsByItsName(String name, String value) {
    aBadVariableFailsByItsName(name, value);
  }

  /** Without it every request would be accepted. */
  @Test
  void aVariableOfOAuthNeedsItsArtifact() {
    Map<String, String> environment = Map.of("MCP_OAUTH_ISSUER", "https://login.example.com");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> LambdaSettings.from(environment));
    assertTrue(e.getMessage().contains("mcp-oauth"), e.getMessage());
  }
}
