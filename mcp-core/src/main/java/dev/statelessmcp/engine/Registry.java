package dev.statelessmcp.engine;

import dev.statelessmcp.call.Caller;
import dev.statelessmcp.catalog.Catalog;
import dev.statelessmcp.catalog.Item;
import dev.statelessmcp.catalog.Page;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Items that are known when the server is built, in the order in which they were added. Immutable.
 *
 * @param <T> the items
 */
final class Registry<T extends Item<?>> implements Catalog<T> {
  private final List<T> items;
  private final ScopeRules scopes;
  private final Map<String, T> byKey = new HashMap<>();

  /**
   * Creates a registry.
   *
   * @param kind the kind of the items, for the error message
   * @param items the items
   * @param scopes the rules that hide items from callers
   * @throws IllegalArgumentException if two have the same key
   */
  Registry(String kind, List<T> items, ScopeRules scopes) {
    this.scopes = scopes;
    this.items = List.copyOf(items);
    for (T item : items) {
      if (byKey.put(item.key(), item) != null) {
        throw new IllegalArgumentException(
            "there are two " + kind + "s named \"" + item.key() + "\"");
      }
    }
  }

  @Override
  public Optional<Page<T>> list(Caller caller, @Nullable String after, int limit) {
    T last = after == null ? null : byKey.get(after);
    if (after != null && (last == null || !scopes.isVisible(last, caller))) {
      return Optional.empty(); // a cursor must not reveal hidden items
    }
    List<T> page = new ArrayList<>();
    boolean begun = after == null;
    for (T item : items) {
      if (begun && scopes.isVisible(item, caller)) {
        if (page.size() == limit) {
          return Optional.of(new Page<>(page, true));
        }
        page.add(item);
      }
      begun |= item.key().equals(after);
    }
    return Optional.of(new Page<>(page, false));
  }

  /**
   * Whether there is an item, visible or not.
   *
   * @param key its key
   * @return true if there is
   */
  boolean has(String key) {
    return byKey.containsKey(key);
  }

  @Override
  public Optional<T> find(String key, Caller caller) {
    T item = byKey.get(key);
    return item != null && scopes.isVisible(item, caller) ? Optional.of(item) : Optional.empty();
  }
}
