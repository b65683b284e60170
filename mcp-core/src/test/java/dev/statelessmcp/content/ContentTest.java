package dev.statelessmcp.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.Icon;
import dev.statelessmcp.protocol.Implementation;
import dev.statelessmcp.resource.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The content blocks, as the schema has them. */
class ContentTest {
  private static final Annotations HINTS = new Annotations(
      Set.of(Role.ASSISTANT, Role.USER), 0.5, Instant.parse("2026-07-28T00:00:00Z"));

  private static final String HINTS_JSON =
      "{\"audience\":[\"user\",\"assistant\"],\"priority\":0.5,"
          + "\"lastModified\":\"2026-07-28T00:00:00Z\"}";

  static Stream<Arguments> blocks() {
    byte[] bytes = {1, 2, (byte) 0xff};
    return Stream.of(
        Arguments.of(TextContent.of("a"), "{\"type\":\"text\",\"text\":\"a\"}"),
        Arguments.of(
            ImageContent.of(bytes, "image/png"),
            "{\"type\":\"image\",\"data\":\"AQL/\",\"mimeType\":\"image/png\"}"),
        Arguments.of(
            AudioContent.of(bytes, "audio/wav"),
            "{\"type\":\"audio\",\"data\":\"AQL/\",\"mimeType\":\"audio/wav\"}"),
        Arguments.of(
            ResourceLink.of("r:///1", "r"),
            "{\"type\":\"resource_link\",\"uri\":\"r:///1\",\"name\":\"r\"}"),
        Arguments.of(
            EmbeddedResource.of(ResourceContents.text("r:///1", "text/plain", "a")),
            "{\"type\":\"resource\",\"resource\":"
                + "{\"uri\":\"r:///1\",\"mimeType\":\"text/plain\",\"text\":\"a\"}}"),
        Arguments.of(
            EmbeddedResource.of(ResourceContents.blob("r:///1", null, bytes)),
            "{\"type\":\"resource\",\"resource\":{\"uri\":\"r:///1\",\"blob\":\"AQL/\"}}"));
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void areWrittenAsTheSchemaHasThem(Content block, String json) {
    assertEquals(json, Json.text(block.toJson()));
    assertEquals(Optional.empty(), block.meta());
    assertEquals(Optional.empty(), block.annotations());
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void optionsMakeCopiesOfTheSameKindInAnyOrder(Content block, String json) {
    ObjectNode meta = Json.object().put("example.com/a", 1);
    Content one = block.meta(meta).annotations(HINTS);
    Content other = block.annotations(HINTS).meta(meta);
    assertNotSame(block, one);
    assertEquals(block.getClass(), one.getClass());
    assertEquals(json, Json.text(block.toJson()));
    assertEquals(one.toJson(), other.toJson());
    String options = ",\"annotations\":" + HINTS_JSON + ",\"_meta\":{\"example.com/a\":1}}";
    assertEquals(json.substring(0, json.length() - 1) + options, Json.text(one.toJson()));
    assertEquals(Optional.of(HINTS), one.annotations());
    assertEquals(json, Json.text(one.meta(null).annotations(null).toJson()));
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void whatWasHandedOutDoesNotChangeTheBlock(Content block, String json) {
    Content withMeta = block.meta(Json.object().put("a", 1));
    String before = Json.text(withMeta.toJson());
    ((ObjectNode) withMeta.toJson().get("_meta")).put("b", 2);
    withMeta.toJson().put("c", 3);
    assertEquals(before, Json.text(withMeta.toJson()));
    assertTrue(before.startsWith(json.substring(0, json.length() - 1)), before);
  }

  @Test
  void aLinkHasTheMembersOfAResource() {
    ResourceLink link = ResourceLink.of("r:///1", "r")
        .title("R")
        .description("d")
        .mimeType("text/plain")
        .size(5)
        .icons(Icon.of("https://example.com/a.png"));
    ObjectNode json = link.toJson();
    assertEquals("R", json.get("title").textValue());
    assertEquals("d", json.get("description").textValue());
    assertEquals("text/plain", json.get("mimeType").textValue());
    assertEquals(5, json.get("size").intValue());
    assertEquals(1, json.get("icons").size());
  }

  @Test
  void contentsHaveTheirMeta() {
    ResourceContents contents = ResourceContents.text("r:///1", null, "a");
    ObjectNode meta = Json.object().put("a", 1);
    assertEquals(
        "{\"uri\":\"r:///1\",\"text\":\"a\",\"_meta\":{\"a\":1}}",
        Json.text(contents.meta(meta).toJson()));
    assertEquals("{\"uri\":\"r:///1\",\"text\":\"a\"}", Json.text(contents.toJson()));
    assertEquals(contents.toJson(), contents.meta(meta).meta(null).toJson());
  }

  @Test
  void membersThatTheSchemaRequiresAreRequired() {
    assertThrows(NullPointerException.class, () -> TextContent.of(null));
    assertThrows(NullPointerException.class, () -> ImageContent.ofBase64("", null));
    assertThrows(NullPointerException.class, () -> AudioContent.ofBase64(null, "a"));
    assertThrows(NullPointerException.class, () -> EmbeddedResource.of(null));
    assertThrows(NullPointerException.class, () -> ResourceContents.text(null, null, "a"));
    assertThrows(NullPointerException.class, () -> ResourceContents.text("r:///1", null, null));
    for (double priority : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new Annotations(Set.of(), priority, null));
    }
  }

  /** Clients refuse the whole result for each of these. */
  @Test
  void objectsThatTheSchemaRefusesCannotBeCreated() {
    for (String data : List.of(
        "no Base64!",
        "AA",
        "AA=",
        "AAA",
        "A===",
        "=AAA",
        "AAAA\n",
        "_-==",
        "data:image/png;base64,AA==",
        "ä===")) {
      assertThrows(
          IllegalArgumentException.class, () -> ImageContent.ofBase64(data, "image/png"), data);
      assertThrows(
          IllegalArgumentException.class, () -> AudioContent.ofBase64(data, "audio/wav"), data);
    }
    for (String data : List.of("", "AA==", "AAA=", "+/09azAZ")) {
      assertEquals(data, ImageContent.ofBase64(data, "image/png").data());
      assertEquals(data, AudioContent.ofBase64(data, "audio/wav").data());
    }
    for (String uri : List.of("", "docs/a", "//host/a", "a b", "http://[::1", "x:")) {
      assertThrows(IllegalArgumentException.class, () -> ResourceLink.of(uri, "a"), uri);
      Implementation server = Implementation.of("a", "1");
      assertThrows(IllegalArgumentException.class, () -> server.websiteUrl(uri), uri);
    }
    assertThrows(IllegalArgumentException.class, () -> Icon.of("https://a b"));
    ResourceLink link = ResourceLink.of("r:///1", "r");
    assertThrows(IllegalArgumentException.class, () -> link.size(-1));
    Resource resource = Resource.text("r:///1", "r", "text/plain", "");
    assertThrows(IllegalArgumentException.class, () -> resource.size(-1));
    for (String time : List.of("-0001-12-31T23:59:59Z", "+10000-01-01T00:00:00Z")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new Annotations(Set.of(), null, Instant.parse(time)));
    }
    for (String time : List.of("0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z")) {
      ObjectNode json = new Annotations(Set.of(), null, Instant.parse(time)).toJson();
      assertEquals(time, json.get("lastModified").textValue());
    }
  }
}
