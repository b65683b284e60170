package dev.statelessmcp.engine;

import dev.statelessmcp.call.Caller;
import dev.statelessmcp.catalog.Catalog;
import dev.statelessmcp.catalog.Item;
import dev.statelessmcp.catalog.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A user's catalogue without the items that are hidden from a caller who lacks a scope.
 *
 * @param <T> the items
 */
record ScopedCatalog<T extends Item<?>>(Catalog<T> catalog, ScopeRules scopes)
    implements Catalog<T> {

  @Override
  public Optional<Page<T>> list(Caller caller, @Nullable String after, int limit) throws Exception {
    String last = after;
    List<T> visible = new ArrayList<>();
    while (true) {
      Page<T> page = catalog.list(caller, last, limit - visible.size()).orElse(null);
      if (page == null) {
        return Optional.empty();
      }
      int before = visible.size();
      for (T item : page.items()) {
        last = item.key();
        if (!scopes.hides(item, caller)) {
          visible.add(item);
        }
      }
      boolean complete = visible.size() - before == page.items().size();
      if (complete && before == 0) {
        return Optional.of(page); // unchanged
      }
      if (!page.more() || page.items().isEmpty() || visible.size() >= limit) {
        return Optional.of(new Page<>(visible, page.more() && !page.items().isEmpty()));
      }
    }
  }

  @Override
  public Optional<T> find(String key, Caller caller) throws Exception {
    Optional<T> found = catalog.find(key, caller);
    return found.isPresent() && scopes.hides(found.get(), caller) ? Optional.empty() : found;
  }
}
