package dev.statelessmcp.skill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.catalog.CacheHint;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.test.McpTestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may see and read a skill, its files and its folders. */
class VisibilityTest {
  private static final String REFUNDS = "skill://acme/billing/refunds/SKILL.md";
  private static final String ESCALATE = "skill://acme/billing/refunds/escalate/SKILL.md";
  private static final String PDF = "skill://pdf-processing/SKILL.md";

  private static final Caller ANN = Caller.of("ann", "billing");

  private static McpTestClient client(Skills skills) {
    return McpTestClient.of(McpServer.named("shop", "1.0.0")
        .scopeHierarchy((granted, required) -> required.startsWith(granted + ":"))
        .extension(skills.extension())
        .build());
  }

  private static List<String> listed(McpTestClient client) {
    List<String> uris = new ArrayList<>();
    client
        .request("skills/list", Json.object())
        .at("/skills")
        .forEach(skill -> uris.add(skill.path("uri").asText()));
    return uris;
  }

  private static ObjectNode uri(String uri) {
    return Json.object().put("uri", uri);
  }

  private static Skills refunds(java.util.function.UnaryOperator<Skill> change) {
    return SkillsTest.SHOP.each(
        skill -> skill.path().startsWith("acme/") ? change.apply(skill) : skill);
  }

  @Test
  void hiddenSkillsAreUnknown() {
    Skills skills =
        refunds(skill -> skill.visibleTo(caller -> caller.scopes().contains("billing")));
    try (McpTestClient client = client(skills)) {
      assertEquals(List.of(PDF), listed(client));
      for (String uri : List.of(REFUNDS, ESCALATE)) {
        client.request("skills/get", uri(uri)).hasError(-32602);
        client.request("resources/read", uri(uri)).hasError(-32602);
      }
      client
          .raw("resources/directory/read", uri("skill://acme/billing/refunds"))
          .hasError(-32602);
    }
    try (McpTestClient client = client(skills).caller(ANN)) {
      assertEquals(List.of(REFUNDS, ESCALATE, PDF), listed(client));
      client.read(ESCALATE).isResult();
      client
          .request("resources/directory/read", uri("skill://acme/billing/refunds"))
          .isResult();
    }
  }

  @Test
  void filesOfANestedSkillAreThoseOfTheOuterOneToo() {
    Skills skills = SkillsTest.SHOP.each(
        skill -> skill.name().equals("escalate") ? skill.visibleTo(caller -> false) : skill);
    try (McpTestClient client = client(skills)) {
      assertEquals(List.of(REFUNDS, PDF), listed(client));
      client.request("skills/get", uri(ESCALATE)).hasError(-32602);
      client.read(ESCALATE).isResult(); // it is in the manifest of refunds
    }
  }

  @Test
  void scopesAreAskedForWhenAFileIsRead() {
    Skills skills = refunds(skill -> skill.requires("billing:refunds"));
    try (McpTestClient client = client(skills)) {
      assertEquals(3, listed(client).size());
      client.request("resources/read", uri(REFUNDS)).hasError(403, "billing:refunds");
    }
    try (McpTestClient client = client(skills).caller(ANN)) {
      client.read(REFUNDS).isResult(); // "billing" implies the scope
    }
  }

  @Test
  void scopesMayHideASkill() {
    Skills skills = refunds(skill -> skill.requires("billing:refunds").hideWithoutScopes(true));
    try (McpTestClient client = client(skills)) {
      assertEquals(List.of(PDF), listed(client));
      client.request("skills/get", uri(REFUNDS)).hasError(-32602);
      client.request("resources/read", uri(REFUNDS)).hasError(-32602);
      client
          .raw("resources/directory/read", uri("skill://acme/billing/refunds"))
          .hasError(-32602);
    }
    try (McpTestClient client = client(skills).caller(ANN)) {
      assertEquals(3, listed(client).size());
      client
          .request("resources/directory/read", uri("skill://acme/billing/refunds"))
          .isResult();
    }
  }

  @Test
  void listsThatDifferBetweenCallersAreNotCachedPublicly() {
    Skills skills = refunds(skill -> skill.requires("billing"))
        .cache(CacheHint.publicly(Duration.ofMinutes(1)));
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, skills::extension);
    assertEquals(
        "skill acme/billing/refunds is restricted, so the cache hint must be private",
        e.getMessage());
  }
}
