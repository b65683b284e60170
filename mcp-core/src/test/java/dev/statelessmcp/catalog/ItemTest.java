package dev.statelessmcp.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.protocol.Icon;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.resource.ResourceTemplate;
import dev.statelessmcp.tool.Tool;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What tools, prompts, resources and templates have in common. */
class ItemTest {
  private static final Icon ICON = Icon.of("https://example.com/a.png");
  private static final ObjectNode META = Json.object().put("example.com/a", 1);

  static Stream<Item<?>> items() {
    return Stream.of(
        Tool.ofSchema("t", "d", "{\"type\":\"object\"}", (in, call) -> null),
        Prompt.of("p", "d", call -> null),
        Resource.of("r:///1", "r", call -> null),
        ResourceTemplate.of("r:///{a}", "r", call -> null));
  }

  private static List<Item<?>> changes(Item<?> item) {
    return List.of(
        item.title("A"),
        item.icons(ICON),
        item.meta(META),
        item.visibleTo(caller -> false),
        item.asks(QuestionKind.FORM),
        item.mayAsk(QuestionKind.URL),
        item.attribute(String.class, "a"));
  }

  @ParameterizedTest
  @MethodSource("items")
  void eachOptionMakesACopyAndLeavesTheItemAsItWas(Item<?> item) {
    ObjectNode before = item.toJson().deepCopy();
    for (Item<?> copy : changes(item)) {
      assertNotSame(item, copy);
      assertEquals(item.getClass(), copy.getClass());
      assertEquals(item.key(), copy.key());
    }
    assertEquals(before, item.toJson());
    assertTrue(item.isVisibleTo(Caller.ANONYMOUS));
    assertFalse(item.isRestricted());
    assertEquals(Set.of(), item.requiredQuestions());
    assertEquals(Set.of(), item.optionalQuestions());
    assertEquals(Optional.empty(), item.attribute(String.class));
  }

  @ParameterizedTest
  @MethodSource("items")
  void optionsAreWrittenWhereTheSchemaHasThemWhateverTheirOrder(Item<?> item) {
    ObjectNode one = one(item).toJson();
    assertEquals(one, other(item).toJson());
    assertEquals(Json.text(one), Json.text(other(item).toJson()));
    assertEquals("A", one.path("title").textValue());
    assertEquals("https://example.com/a.png", one.at("/icons/0/src").textValue());
    assertEquals(META, one.get("_meta"));
    for (String hidden : List.of("visible", "required", "optional", "attributes")) {
      assertFalse(one.has(hidden), hidden);
    }
  }

  private static Item<?> one(Item<?> item) {
    return item.title("A").icons(ICON).meta(META).asks(QuestionKind.FORM).visibleTo(c -> true);
  }

  private static Item<?> other(Item<?> item) {
    return item.visibleTo(c -> true)
        .asks(QuestionKind.FORM)
        .meta(META)
        .icons(ICON)
        .title("A");
  }

  @ParameterizedTest
  @MethodSource("items")
  void anOptionCanBeTakenAway(Item<?> item) {
    assertEquals(item.toJson(), without(item).toJson());
  }

  private static Item<?> without(Item<?> item) {
    return item.title("A").icons(ICON).meta(META).title(null).icons().meta(null);
  }

  @ParameterizedTest
  @MethodSource("items")
  void questionsAddUpAndTheLastRuleCounts(Item<?> item) {
    Item<?> asking = asking(item);
    assertEquals(Set.of(QuestionKind.FORM, QuestionKind.SAMPLING), asking.requiredQuestions());
    assertEquals(Set.of(QuestionKind.URL), asking.optionalQuestions());
    assertFalse(asking.isVisibleTo(Caller.ANONYMOUS));
    assertTrue(asking.isRestricted());
    assertEquals(Optional.of("b"), asking.attribute(String.class));
    assertEquals(Optional.of(5), asking.attribute(Integer.class));
    assertThrows(NullPointerException.class, () -> item.visibleTo(null));
  }

  private static Item<?> asking(Item<?> item) {
    return item.asks(QuestionKind.FORM)
        .asks(QuestionKind.SAMPLING)
        .mayAsk(QuestionKind.URL)
        .visibleTo(caller -> true)
        .apply(it -> it.visibleTo(caller -> false))
        .attribute(String.class, "a")
        .attribute(Integer.class, 5)
        .attribute(String.class, "b");
  }
}
