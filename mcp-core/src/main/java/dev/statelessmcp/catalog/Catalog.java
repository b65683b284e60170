package dev.statelessmcp.catalog;

import dev.statelessmcp.call.Caller;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the items of a server come from, if they are not known when it is built: a database,
 * another service. It is called from many threads.
 *
 * @param <T> the items
 */
public interface Catalog<T extends Item<?>> {

  /**
   * Some items that a caller may see, in an order that is always the same.
   *
   * @param caller who asks; not null
   * @param after the key of the item behind which the page begins; null for the first page. It
   *     comes from the client in the end: it may be made up.
   * @param limit how many items are wanted at most; at least 1
   * @return the page; empty if there is no such place in the list
   * @throws Exception if the items cannot be read; the client gets an internal error
   */
  Optional<Page<T>> list(Caller caller, @Nullable String after, int limit) throws Exception;

  /**
   * The item of a key.
   *
   * @param key its name, URI or URI template, as the client says it; not null
   * @param caller who asks; not null
   * @return the item; empty if there is none that this caller may see
   * @throws Exception if the items cannot be read; the client gets an internal error
   */
  Optional<T> find(String key, Caller caller) throws Exception;
}
