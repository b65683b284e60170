package dev.statelessmcp.skill;

import dev.statelessmcp.call.Caller;
import dev.statelessmcp.catalog.Catalog;
import dev.statelessmcp.catalog.Item;
import dev.statelessmcp.catalog.Page;
import java.util.ArrayList;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Items in the order of their keys. */
final class Entries<T extends Item<T>> implements Catalog<T> {
  private final SortedMap<String, T> items = new TreeMap<>();

  Entries(Iterable<T> all) {
    for (T item : all) {
      items.put(item.key(), item);
    }
  }

  @Override
  public Optional<Page<T>> list(Caller caller, @Nullable String after, int limit) {
    if (after != null && find(after, caller).isEmpty()) {
      return Optional.empty(); // a cursor must not reveal what is hidden
    }
    ArrayList<T> page = new ArrayList<>();
    for (T item : (after == null ? items : items.tailMap(after + '\0')).values()) {
      if (item.isVisibleTo(caller)) {
        if (page.size() == limit) {
          return Optional.of(new Page<>(page, true));
        }
        page.add(item);
      }
    }
    return Optional.of(new Page<>(page, false));
  }

  @Override
  public Optional<T> find(String key, Caller caller) {
    T item = items.get(key);
    return item != null && item.isVisibleTo(caller) ? Optional.of(item) : Optional.empty();
  }
}
