package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.catalog.Catalog;
import dev.statelessmcp.catalog.Item;
import dev.statelessmcp.catalog.Page;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.json.JsonSyntaxException;
import dev.statelessmcp.protocol.McpException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list operations, page by page. A cursor only names its list and the item after which it
 * continues. It gives no access, so it is not encrypted.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/utilities/pagination">Pagination</a>
 */
final class Lists {
  /** The maximum length of a cursor, which is the key of an item in Base64. */
  private static final int MAX_CURSOR = 8192;

  private Lists() {}

  static <T extends Item<?>> ObjectNode list(
      ServedRequest call, @Nullable Catalog<T> catalog, String member) throws Exception {
    JsonNode cursor = Params.get(call.params(), "cursor");
    String after = cursor == null ? null : after(call, cursor);
    Page<T> page = page(call, catalog, after);
    ObjectNode result = Json.object();
    ArrayNode items = result.putArray(member);
    for (T item : page.items()) {
      items.add(item.toJson());
    }
    if (page.more() && !page.items().isEmpty()) {
      result.put(
          "nextCursor", cursor(call.request().method(), last(page.items()).key()));
    }
    return result;
  }

  /** Returns a page; without a catalogue the list is empty, and no cursor is valid. */
  private static <T extends Item<?>> Page<T> page(
      ServedRequest call, @Nullable Catalog<T> catalog, @Nullable String after) throws Exception {
    if (catalog == null && after == null) {
      return new Page<>(List.of(), false);
    }
    Page<T> page = catalog == null
        ? null
        : catalog
            .list(call.exchange().caller(), after, call.server().pageSize())
            .orElse(null);
    if (page == null) {
      throw invalid();
    }
    return page;
  }

  private static <T> T last(List<T> items) {
    return items.get(items.size() - 1);
  }

  private static String cursor(String method, String key) {
    ObjectNode content = Json.object().put("m", method).put("k", key);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.write(content));
  }

  private static String after(ServedRequest call, JsonNode cursor) {
    if (!cursor.isTextual() || cursor.textValue().length() > MAX_CURSOR) {
      throw invalid();
    }
    try {
      byte[] decoded = Base64.getUrlDecoder().decode(cursor.textValue());
      JsonNode content = Json.read(decoded, JsonLimits.DEFAULT);
      String key = content.path("k").textValue();
      // Only the form that this server writes: several Base64 texts decode to the same bytes
      if (key != null && cursor.textValue().equals(cursor(call.request().method(), key))) {
        return key;
      }
    } catch (IllegalArgumentException | JsonSyntaxException e) {
      // reported below
    }
    throw invalid();
  }

  private static McpException invalid() {
    return McpException.invalidParams("params.cursor must be a cursor from this server");
  }
}
