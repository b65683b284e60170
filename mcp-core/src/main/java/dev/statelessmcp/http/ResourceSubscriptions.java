package dev.statelessmcp.http;

import dev.statelessmcp.protocol.McpException;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The resources that one session watches: a set that does not grow without end. */
final class ResourceSubscriptions extends AbstractSet<String> {
  /** More resources than any client watches; as many as in a subscription of the modern era. */
  private static final int MAX = 1000;

  private final Set<String> uris = ConcurrentHashMap.newKeySet();

  @Override
  public boolean add(String uri) {
    if (uris.size() >= MAX && !uris.contains(uri)) {
      throw McpException.invalidParams("a session may watch at most " + MAX + " resources");
    }
    return uris.add(uri);
  }

  @Override
  public boolean contains(Object uri) {
    return uris.contains(uri);
  }

  @Override
  public boolean remove(Object uri) {
    return uris.remove(uri);
  }

  @Override
  public Iterator<String> iterator() {
    return uris.iterator();
  }

  @Override
  public int size() {
    return uris.size();
  }
}
