package dev.statelessmcp.examples.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Call;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.catalog.Catalog;
import dev.statelessmcp.catalog.Item;
import dev.statelessmcp.catalog.Page;
import dev.statelessmcp.extension.Extension;
import dev.statelessmcp.extension.ExtensionMethod;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.McpException;
import java.util.List;
import java.util.Optional;

/**
 * An extension with two methods: {@code words/list}, which has pages, and {@code words/count},
 * whose {@code text} is mirrored into {@code Mcp-Name}. It also exists in the legacy revisions.
 */
final class WordsExtension {
  static final String ID = "dev.statelessmcp/words";

  /** A word of the list. */
  private static final class Word extends Item<Word> {
    private final String text;

    Word(String text) {
      this.text = text;
    }

    @Override
    public String key() {
      return text;
    }

    @Override
    public ObjectNode toJson() {
      ObjectNode json = Json.object().put("word", text);
      addMeta(json);
      return json;
    }
  }

  /** The words, which are fixed and found by their index. */
  private static final class Words implements Catalog<Word> {
    private final List<String> all = List.of("one", "two", "three");

    @Override
    public Optional<Page<Word>> list(Caller caller, String after, int limit) {
      int from = after == null ? 0 : all.indexOf(after) + 1;
      if (after != null && from == 0) {
        return Optional.empty();
      }
      int to = Math.min(all.size(), from + limit);
      List<Word> page = all.subList(from, to).stream().map(Word::new).toList();
      return Optional.of(new Page<>(page, to < all.size()));
    }

    @Override
    public Optional<Word> find(String key, Caller caller) {
      return all.contains(key) ? Optional.of(new Word(key)) : Optional.empty();
    }
  }

  private WordsExtension() {}

  static Extension create() {
    return Extension.builder(ID)
        .settings(Json.object().put("languages", 1))
        .legacy()
        .method(ExtensionMethod.list("words/list", "words", new Words()))
        .method(ExtensionMethod.of("words/count", WordsExtension::count).nameMember("text"))
        .build();
  }

  private static ObjectNode count(ObjectNode params, Call call) {
    String text = params.path("text").textValue();
    if (text == null) {
      throw McpException.invalidParams("params.text must be a string");
    }
    return Json.object().put("count", text.isBlank() ? 0 : text.strip().split("\\s+").length);
  }
}
