package dev.statelessmcp.examples.echo;

import static dev.statelessmcp.examples.echo.Templates.MODULE;
import static dev.statelessmcp.examples.echo.Templates.keys;
import static dev.statelessmcp.examples.echo.Templates.load;
import static dev.statelessmcp.examples.echo.Templates.matches;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that etc/environment.sh matches the parameters of the templates. */
class SettingsTest {
  private static final String VARIANTS = "dev.statelessmcp.examples.echo.Templates#variants";

  @Test
  void settingsFitTheRestApiAndTheLayer() throws IOException {
    Map<String, String> settings = settings();
    Set<String> names = Set.of("PROFILE", "BUCKET", "REGION", "O_LAYER_ARN");
    assertTrue(settings.keySet().containsAll(names), settings::toString);
    Set<String> passed = parameterKeys(settings.get("APIGW_PARAMS"));
    assertTrue(
        passed.containsAll(Set.of("apiStage", "fnMemory", "fnTimeout", "dependencies")),
        passed::toString);
    assertTrue(keys(load("template").get("Parameters")).containsAll(passed), passed::toString);
    assertEquals(
        keys(load("layer").get("Parameters")), parameterKeys(settings.get("LAYER_PARAMS")));
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void settingsFitTheVariant(String name) throws IOException {
    Map<String, String> settings = settings();
    String key = name.toUpperCase(Locale.ROOT).replace('-', '_');
    assertEquals("stateless-mcp-java-" + name, settings.get(key + "_STACK"));
    Set<String> passed = parameterKeys(settings.get(key + "_PARAMS"));
    JsonNode parameters = load(name).get("Parameters");
    assertTrue(keys(parameters).containsAll(passed), passed::toString);
    for (String parameter : keys(parameters)) {
      boolean optional = parameters.path(parameter).has("Default");
      assertTrue(optional || passed.contains(parameter), parameter + " is never given");
    }
    for (String used : matches("\\$\\{(\\w+)}", settings.get(key + "_PARAMS"))) {
      assertTrue(settings.containsKey(used), used);
    }
  }

  private static Set<String> parameterKeys(String overrides) {
    return matches("ParameterKey=(\\w+)", overrides);
  }

  private static Map<String, String> settings() throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String line : Files.readAllLines(MODULE.resolve("etc/environment.sh"))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        assertTrue(line.matches("[A-Z_]+=(\"[^\"]+\"|[^\\s\"#]*)"), line);
        settings.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
      }
    }
    return settings;
  }
}
