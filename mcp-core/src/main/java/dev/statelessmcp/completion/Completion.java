package dev.statelessmcp.completion;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a completion: suggested values, best first. Immutable; the methods that set
 * something return a new completion.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/schema#completeresult">CompleteResult</a>
 */
public final class Completion {
  /** "Maximum 100 items per response." */
  private static final int MAX_VALUES = 100;

  private final List<String> values;
  private final @Nullable Integer total;
  private final boolean hasMore;
  private final @Nullable ObjectNode meta;

  private Completion(
      List<String> values, @Nullable Integer total, boolean hasMore, @Nullable ObjectNode meta) {
    this.values = List.copyOf(values.subList(0, Math.min(MAX_VALUES, values.size())));
    this.total = total;
    this.hasMore = hasMore || values.size() > MAX_VALUES;
    this.meta = meta;
  }

  /**
   * Creates a completion with all values.
   *
   * @param values the values, best first; only the first 100 are sent
   * @return the completion
   */
  public static Completion of(List<String> values) {
    return new Completion(values, values.size(), false, null);
  }

  /**
   * Creates a completion with some of the values, if their total number is not known.
   *
   * @param values the values, best first; only the first 100 are sent
   * @return the completion
   */
  public static Completion partOf(List<String> values) {
    return new Completion(values, null, true, null);
  }

  /**
   * Creates a completion with the values that start with the typed text, ignoring case.
   *
   * @param values all possible values; not null
   * @param typed the text that the user has typed; not null
   * @return the completion
   */
  public static Completion startingWith(List<String> values, String typed) {
    List<String> matching = new ArrayList<>();
    for (String value : values) {
      if (value.regionMatches(true, 0, typed, 0, typed.length())) {
        matching.add(value);
      }
    }
    return of(matching);
  }

  /**
   * Sets the total number of values.
   *
   * @param newTotal the number, including the values that are sent
   * @return a new completion
   */
  public Completion total(int newTotal) {
    return new Completion(values, newTotal, hasMore, meta);
  }

  /**
   * Sets {@code _meta} of the result.
   *
   * @param newMeta the metadata, which must not be changed afterwards; null for none
   * @return a new completion
   */
  public Completion meta(@Nullable ObjectNode newMeta) {
    return new Completion(values, total, hasMore, newMeta);
  }

  /**
   * The values that are sent.
   *
   * @return at most 100; unmodifiable
   */
  public List<String> values() {
    return values;
  }

  /**
   * The wire form of the result.
   *
   * @return a new object
   */
  public ObjectNode toJson() {
    ObjectNode json = Json.object();
    ObjectNode completion = json.putObject("completion");
    ArrayNode array = completion.putArray("values");
    for (String value : values) {
      array.add(value);
    }
    if (total != null) {
      completion.put("total", total);
    }
    completion.put("hasMore", hasMore);
    if (meta != null) {
      json.set("_meta", meta.deepCopy()); // the server adds to it
    }
    return json;
  }
}
