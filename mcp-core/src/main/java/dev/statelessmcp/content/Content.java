package dev.statelessmcp.content;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A content block of a tool's answer or of a prompt's message. Immutable; the methods that set
 * something return a new block. Later revisions may have more kinds, so a {@code switch} over them
 * needs a {@code default}.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/schema#contentblock">ContentBlock</a>
 */
public abstract sealed class Content implements Cloneable
    permits TextContent, ImageContent, AudioContent, ResourceLink, EmbeddedResource {
  // Set only in a copy, before it is published
  private @Nullable Annotations annotations;
  private @Nullable ObjectNode meta;

  Content() {}

  /** The members of the kind, without annotations and metadata; a new object. */
  abstract ObjectNode fields();

  /** Copies the block. */
  final Content copy() {
    try {
      return (Content) clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("blocks are cloneable", e);
    }
  }

  /**
   * Sets annotations: audience, priority, last modification.
   *
   * @param hints the annotations; null for none
   * @return a new block
   */
  public Content annotations(@Nullable Annotations hints) {
    Content copy = copy();
    copy.annotations = hints;
    return copy;
  }

  /**
   * Sets metadata for the client.
   *
   * @param newMeta becomes {@code _meta} of the block; null for none; must not be changed later
   * @return a new block
   */
  public Content meta(@Nullable ObjectNode newMeta) {
    Content copy = copy();
    copy.meta = newMeta;
    return copy;
  }

  /**
   * The annotations.
   *
   * @return empty if there are none
   */
  public final Optional<Annotations> annotations() {
    return Optional.ofNullable(annotations);
  }

  /**
   * The metadata for the client.
   *
   * @return empty if there is none; must not be changed
   */
  public final Optional<ObjectNode> meta() {
    return Optional.ofNullable(meta);
  }

  /**
   * The wire form.
   *
   * @return a new object
   */
  public final ObjectNode toJson() {
    ObjectNode json = Annotations.addTo(annotations, fields());
    if (meta != null) {
      json.set("_meta", meta.deepCopy());
    }
    return json;
  }
}
