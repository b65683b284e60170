package dev.statelessmcp.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Caller;

/** Something that is listed: a tool, a prompt, a resource, a resource template. */
public interface Item {

  /**
   * What it is found by, unique among its kind.
   *
   * @return its name, URI or URI template; never null
   */
  String key();

  /**
   * The definition as a list shows it.
   *
   * @return the definition; not to be changed
   */
  ObjectNode toJson();

  /**
   * Whether a caller may see it, and therefore use it.
   *
   * @param caller who asks; not null
   * @return true if it may
   */
  boolean isVisibleTo(Caller caller);

  /**
   * Whether callers see different things.
   *
   * @return true if there is a rule about it
   */
  boolean isRestricted();
}
