package dev.statelessmcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Hints about what a tool does, for the client's user interface. A hint that is not set is not
 * sent, which is not the same as false. Immutable; a method that sets something returns a changed
 * copy.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/schema#toolannotations">ToolAnnotations</a>
 */
public final class ToolAnnotations {

  /** A tool that only reads. */
  public static final ToolAnnotations READ_ONLY = of().readOnlyHint(true);

  private final @Nullable Boolean readOnly;
  private final @Nullable Boolean destructive;
  private final @Nullable Boolean idempotent;
  private final @Nullable Boolean openWorld;

  private ToolAnnotations(
      @Nullable Boolean readOnly,
      @Nullable Boolean destructive,
      @Nullable Boolean idempotent,
      @Nullable Boolean openWorld) {
    this.readOnly = readOnly;
    this.destructive = destructive;
    this.idempotent = idempotent;
    this.openWorld = openWorld;
  }

  /**
   * Annotations without a hint.
   *
   * @return the annotations
   */
  public static ToolAnnotations of() {
    return new ToolAnnotations(null, null, null, null);
  }

  /**
   * Sets whether the tool leaves its environment unchanged. Clients assume that it does not.
   *
   * @param hint true if it only reads
   * @return a changed copy
   */
  public ToolAnnotations readOnlyHint(boolean hint) {
    return new ToolAnnotations(hint, destructive, idempotent, openWorld);
  }

  /**
   * Sets whether the tool may delete or overwrite, rather than only add. Clients assume that it
   * may.
   *
   * @param hint true if it may
   * @return a changed copy
   */
  public ToolAnnotations destructiveHint(boolean hint) {
    return new ToolAnnotations(readOnly, hint, idempotent, openWorld);
  }

  /**
   * Sets whether a repeated call with the same arguments has no additional effect. Clients assume
   * that it has.
   *
   * @param hint true if repeated calls have no additional effect
   * @return a changed copy
   */
  public ToolAnnotations idempotentHint(boolean hint) {
    return new ToolAnnotations(readOnly, destructive, hint, openWorld);
  }

  /**
   * Sets whether the tool interacts with an open world of external entities, such as the web.
   * Clients assume that it does.
   *
   * @param hint false if its domain is closed, such as a local database
   * @return a changed copy
   */
  public ToolAnnotations openWorldHint(boolean hint) {
    return new ToolAnnotations(readOnly, destructive, idempotent, hint);
  }

  /**
   * The wire form.
   *
   * @return a new object, without the hints that are not set
   */
  public ObjectNode toJson() {
    ObjectNode json = Json.object();
    put(json, "readOnlyHint", readOnly);
    put(json, "destructiveHint", destructive);
    put(json, "idempotentHint", idempotent);
    put(json, "openWorldHint", openWorld);
    return json;
  }

  private static void put(ObjectNode json, String name, @Nullable Boolean hint) {
    if (hint != null) {
      json.put(name, hint);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ToolAnnotations that && that.toJson().equals(toJson());
  }

  @Override
  public int hashCode() {
    return toJson().hashCode();
  }

  @Override
  public String toString() {
    return Json.text(toJson());
  }
}
