package dev.statelessmcp.skill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.catalog.CacheHint;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.test.McpTestClient;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Skills whose instructions are written for each read. */
class DynamicTest {
  private static final String URI = "skill://reports/daily/SKILL.md";
  private static final String FRONT_MATTER = """
      name: daily
      description: Assembles the report of today
      metadata:
        urgent: yes
      """;

  private final AtomicInteger reads = new AtomicInteger();
  private final Skills daily = Skills.dynamic(
      "reports/daily",
      FRONT_MATTER,
      call -> "# Read " + reads.incrementAndGet() + " by " + call.caller().principal() + "\n");

  private static ObjectNode uri(String uri) {
    return Json.object().put("uri", uri);
  }

  private static McpTestClient client(Skills skills) {
    return McpTestClient.of(
            McpServer.named("shop", "1.0.0").extension(skills.extension()).build())
        .caller(Caller.of("ann"));
  }

  @Test
  void isListedAndFoundWithoutDigests() {
    Skills both = SkillsTest.SHOP.and(daily).cache(CacheHint.publicly(Duration.ofMinutes(5)));
    try (McpTestClient client = client(both)) {
      JsonNode listed = client.request("skills/list", Json.object()).at("/skills");
      assertEquals(4, listed.size());
      JsonNode skill = client
          .request("skills/get", uri(URI))
          .isResult()
          .has("/skill/uri", URI)
          .has("/skill/resources", "dynamic")
          .has("/skill/frontmatter/metadata/urgent", "yes")
          .has("/ttlMs", 300000)
          .at("/skill");
      assertEquals(skill, listed.get(3));
    }
  }

  /** The front matter must be that of the entry: hosts compare them. */
  @Test
  void eachReadIsWrittenAnew() {
    try (McpTestClient client = client(daily.cache(CacheHint.publicly(Duration.ofMinutes(5))))) {
      for (int read = 1; read <= 2; read++) {
        String text = client
            .request("resources/read", uri(URI))
            .isResult()
            .has("/contents/0/mimeType", "text/markdown")
            .has("/ttlMs", 0)
            .at("/contents/0/text")
            .asText();
        assertEquals("---\n" + FRONT_MATTER + "---\n\n# Read " + read + " by ann\n", text);
      }
    }
  }

  @Test
  void isInTheListsOfResourcesAndOfItsFolder() {
    try (McpTestClient client = client(daily)) {
      client
          .request("resources/list", Json.object())
          .has("/resources/0/uri", URI)
          .has("/resources/0/name", "daily")
          .has("/resources/0/description", "Assembles the report of today");
      client
          .request("resources/directory/read", uri("skill://reports/daily"))
          .isResult()
          .has("/resources/0/uri", URI);
    }
  }

  @Test
  void furtherFilesAreResourcesOfTheServer() {
    String data = "skill://reports/daily/data.csv";
    McpServer server = McpServer.named("shop", "1.0.0")
        .extension(daily.extension())
        .resource(Resource.text(data, "data.csv", "text/csv", "a,b"))
        .build();
    try (McpTestClient client = McpTestClient.of(server)) {
      client.request("resources/read", uri(data)).has("/contents/0/text", "a,b");
    }
  }

  @Test
  void rulesOfASkillHoldForWhatIsWritten() {
    Skills hidden = daily.each(skill -> skill.visibleTo(it -> it.principal().equals("joe")));
    try (McpTestClient ann = client(hidden)) {
      ann.request("skills/get", uri(URI)).hasError(-32602);
      ann.request("resources/read", uri(URI)).hasError(-32602);
    }
    try (McpTestClient joe = client(hidden).caller(Caller.of("joe"))) {
      joe.request("resources/read", uri(URI)).isResult();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/daily", "reports//daily", "reports/daily/", "../daily", ".x/daily"})
  void pathsAreChecked(String path) {
    IllegalArgumentException e = assertThrows(
        IllegalArgumentException.class, () -> Skills.dynamic(path, FRONT_MATTER, call -> ""));
    assertEquals(
        "the path of a skill must be like acme/billing/refunds, was \"" + path + "\"",
        e.getMessage());
  }

  @Test
  void frontMatterIsChecked() {
    IllegalArgumentException e = assertThrows(
        IllegalArgumentException.class,
        () -> Skills.dynamic("reports/weekly", FRONT_MATTER, call -> ""));
    assertEquals(
        "reports/weekly/SKILL.md: name must be that of the folder, weekly, was daily",
        e.getMessage());
  }
}
