package dev.statelessmcp.catalog;

import dev.statelessmcp.call.Caller;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A source of items that are not known when the server is built, such as a database.
 * Implementations must be thread-safe.
 *
 * @param <T> the items
 */
public interface Catalog<T extends Item<?>> {

  /**
   * Returns a page of the items that a caller may see, in a stable order.
   *
   * @param caller the caller; not null
   * @param after the key of the item after which the page begins; null for the first page. It comes
   *     from the client, so it may be invalid
   * @param limit the maximum number of items; at least 1
   * @return the page; empty if {@code after} is invalid
   * @throws Exception if the items cannot be read; the client gets an internal error
   */
  Optional<Page<T>> list(Caller caller, @Nullable String after, int limit) throws Exception;

  /**
   * Finds an item by its key.
   *
   * @param key its name, URI or URI template, as the client sent it; not null
   * @param caller the caller; not null
   * @return the item; empty if it does not exist or the caller may not see it
   * @throws Exception if the items cannot be read; the client gets an internal error
   */
  Optional<T> find(String key, Caller caller) throws Exception;
}
