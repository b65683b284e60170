package dev.statelessmcp.completion;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.List;

/**
 * Suggested values, the best first.
 *
 * @param values at most 100 are sent; not null
 * @param total how many there are in all; null if that is not known
 * @param hasMore whether there are more than these
 */
public record Completion(List<String> values, Integer total, boolean hasMore) {
  /** "Maximum 100 items per response." */
  private static final int MOST = 100;

  /**
   * Keeps at most 100 values.
   *
   * @param values at most 100 are sent; not null
   * @param total how many there are in all; null if that is not known
   * @param hasMore whether there are more than these
   */
  public Completion {
    hasMore |= values.size() > MOST;
    values = List.copyOf(values.subList(0, Math.min(MOST, values.size())));
  }

  /**
   * All values that there are.
   *
   * @param values the values, the best first; of more than 100 the first 100 are sent
   * @return the completion
   */
  public static Completion of(List<String> values) {
    return new Completion(values, values.size(), false);
  }

  /**
   * Those of some values that begin with what the user has typed, without regard to case.
   *
   * @param values all possible values
   * @param typed what the user has typed
   * @return the completion
   */
  public static Completion startingWith(List<String> values, String typed) {
    return of(values.stream()
        .filter(value -> value.regionMatches(true, 0, typed, 0, typed.length()))
        .toList());
  }

  /**
   * The wire form.
   *
   * @return a new object
   */
  public ObjectNode toJson() {
    ObjectNode json = Json.object();
    ArrayNode array = json.putArray("values");
    values.forEach(array::add);
    if (total != null) {
      json.put("total", total);
    }
    return json.put("hasMore", hasMore);
  }
}
