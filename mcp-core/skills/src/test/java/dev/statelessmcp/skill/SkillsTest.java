package dev.statelessmcp.skill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.catalog.CacheHint;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestAnswer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What hosts see of a server with skills. */
class SkillsTest {
  private static final String REFUNDS = "skill://acme/billing/refunds/SKILL.md";
  private static final String ESCALATE = "skill://acme/billing/refunds/escalate/SKILL.md";
  private static final String PDF = "skill://pdf-processing/SKILL.md";
  private static final String TAX =
      "skill://pdf-processing/templates/regional/EU%20tax%20100%25.json";

  static final Skills SHOP = Skills.ofClassPath(SkillsTest.class, "shop");

  private static McpTestClient client() {
    return McpTestClient.of(McpServer.named("shop", "1.0.0")
        .extension(SHOP.cache(CacheHint.publicly(Duration.ofMinutes(5))).extension())
        .build());
  }

  private static ObjectNode uri(String uri) {
    return Json.object().put("uri", uri);
  }

  private static List<String> texts(JsonNode array, String member) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.path(member).asText()));
    return texts;
  }

  @Test
  void isDeclaredInBothEras() {
    try (McpTestClient modern = client();
        McpTestClient legacy = client().legacy()) {
      modern
          .request("server/discover", Json.object())
          .isResult()
          .has("/capabilities/extensions/io.modelcontextprotocol~1skills/directoryRead", true);
      assertEquals(3, legacy.request("skills/list", Json.object()).at("/skills").size());
      assertTrue(legacy
          .transcript()
          .contains(
              "\"extensions\":{\"io.modelcontextprotocol/skills\":{\"directoryRead\":true}}"));
    }
  }

  @Test
  void listsEachSkillWithItsFrontMatter() {
    try (McpTestClient client = client()) {
      TestAnswer list = client
          .request("skills/list", Json.object())
          .isResult()
          .has("/resultType", "complete")
          .has("/ttlMs", 300000)
          .has("/cacheScope", "public");
      assertEquals(List.of(REFUNDS, ESCALATE, PDF), texts(list.at("/skills"), "uri"));
      assertEquals(
          Json.parse("{\"name\":\"refunds\","
              + "\"description\":\"Process customer refund requests per company policy\","
              + "\"license\":\"Apache-2.0\","
              + "\"metadata\":{\"version\":\"2.1.0\",\"reviewed\":\"2026-05-01\",\"urgent\":\"yes\"},"
              + "\"allowed-tools\":[\"sales\",\"refund\"]}"),
          list.at("/skills/0/frontmatter"));
      list.has("/skills/2/frontmatter/description", "Extract, fill, and assemble PDF documents");
    }
  }

  @Test
  void manifestsAreCompleteAndTrue() throws Exception {
    try (McpTestClient client = client()) {
      TestAnswer list = client.request("skills/list", Json.object()).isResult();
      assertEquals(
          List.of(REFUNDS, ESCALATE, "skill://acme/billing/refunds/examples/email.md"),
          texts(list.at("/skills/0/resources"), "uri"));
      assertEquals(List.of(ESCALATE), texts(list.at("/skills/1/resources"), "uri"));
      assertEquals(
          List.of(
              PDF,
              "skill://pdf-processing/templates/invoice.md",
              TAX,
              "skill://pdf-processing/templates/seal.png"),
          texts(list.at("/skills/2/resources"), "uri"));
      for (JsonNode skill : list.at("/skills")) {
        for (JsonNode file : skill.path("resources")) {
          JsonNode contents = client.read(file.path("uri").asText()).isResult().at("/contents/0");
          byte[] bytes = contents.has("text")
              ? contents.path("text").asText().getBytes(StandardCharsets.UTF_8)
              : Base64.getDecoder().decode(contents.path("blob").asText());
          byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
          assertEquals(file.path("size").asInt(), bytes.length);
          assertEquals(file.path("digest").asText(), "sha256:" + HexFormat.of().formatHex(hash));
        }
      }
    }
  }

  @Test
  void filesAreResources() {
    try (McpTestClient client = client()) {
      assertEquals(
          List.of(
              "refunds",
              "escalate",
              "email.md",
              "pdf-processing",
              "invoice.md",
              "EU tax 100%.json",
              "seal.png"),
          texts(client.request("resources/list", Json.object()).at("/resources"), "name"));
      client
          .request("resources/list", Json.object())
          .has("/resources/0/mimeType", "text/markdown")
          .has("/resources/0/description", "Process customer refund requests per company policy")
          .has("/resources/5/mimeType", "application/json")
          .has("/resources/6/mimeType", "image/png");
      client
          .read(TAX)
          .has("/contents/0/text", "{\"vat\": 19}\n")
          .has("/contents/0/mimeType", "application/json")
          .has("/ttlMs", 300000);
    }
  }

  @Test
  void getsOneSkill() {
    try (McpTestClient client = client()) {
      TestAnswer one = client
          .request("skills/get", uri(REFUNDS))
          .isResult()
          .has("/resultType", "complete")
          .has("/ttlMs", 300000)
          .has("/cacheScope", "public");
      assertEquals(client.request("skills/list", Json.object()).at("/skills/0"), one.at("/skill"));
      assertTrue(one.at("/nextCursor").isMissingNode());
      client
          .raw("skills/get", uri("skill://acme/billing/chargebacks/SKILL.md"))
          .hasError(-32602, "skill://acme/billing/chargebacks/SKILL.md");
      client
          .raw("skills/get", uri("skill://pdf-processing/templates/invoice.md"))
          .hasError(-32602);
      client.request("skills/get", Json.object()).hasError(-32602, "params.uri is required");
    }
  }

  @Test
  void readsFolders() {
    try (McpTestClient client = client()) {
      TestAnswer root = client
          .request("resources/directory/read", uri("skill://pdf-processing"))
          .isResult()
          .has("/resultType", "complete");
      assertEquals(
          Json.parse("{\"uri\":\"skill://pdf-processing/templates\",\"name\":\"templates\","
              + "\"mimeType\":\"inode/directory\"}"),
          root.at("/resources/1"));
      assertEquals(List.of("pdf-processing", "templates"), texts(root.at("/resources"), "name"));
      assertEquals(
          List.of("invoice.md", "regional", "seal.png"),
          texts(
              client
                  .request("resources/directory/read", uri("skill://pdf-processing/templates"))
                  .at("/resources"),
              "name"));
      assertEquals(
          List.of("refunds", "escalate", "examples"),
          texts(
              client
                  .request("resources/directory/read", uri("skill://acme/billing/refunds"))
                  .at("/resources"),
              "name"));
      for (String wrong : List.of(PDF, "skill://pdf-processing/", "skill://none", "skill://acme")) {
        client.request("resources/directory/read", uri(wrong)).hasError(-32602, wrong);
      }
    }
  }

  @Test
  void namesOutsideTheFolderAreUnknown() {
    try (McpTestClient client = client()) {
      for (String name : List.of(
          "skill://README.md",
          "skill://pdf-processing/../README.md",
          "skill://pdf-processing/%2e%2e/README.md",
          "skill://pdf-processing/..%2fREADME.md",
          "skill://pdf-processing/..\\README.md",
          "skill://pdf-processing/./SKILL.md",
          "skill://pdf-processing//SKILL.md",
          "skill://pdf-processing/SKILL.md%00",
          "skill://pdf-processing/templates/regional/EU tax 100%.json",
          "skill:///etc/passwd",
          "file:///etc/passwd")) {
        client.request("resources/read", uri(name)).hasError(-32602);
        client.request("skills/get", uri(name)).hasError(-32602);
        client.request("resources/directory/read", uri(name)).hasError(-32602);
      }
    }
  }

  @Test
  void listsHavePages() {
    McpServer server =
        McpServer.named("shop", "1.0.0").pageSize(2).extension(SHOP.extension()).build();
    try (McpTestClient client = McpTestClient.of(server)) {
      TestAnswer first = client
          .request("skills/list", Json.object())
          .isResult()
          .has("/ttlMs", 0)
          .has("/cacheScope", "private");
      assertEquals(List.of(REFUNDS, ESCALATE), texts(first.at("/skills"), "uri"));
      ObjectNode next = Json.object();
      next.set("cursor", first.at("/nextCursor"));
      TestAnswer second = client.request("skills/list", next).isResult();
      assertEquals(List.of(PDF), texts(second.at("/skills"), "uri"));
      assertTrue(second.at("/nextCursor").isMissingNode());
      client.request("skills/list", Json.object().put("cursor", "made up")).hasError(-32602);
    }
  }
}
