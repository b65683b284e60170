package dev.statelessmcp.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
}
