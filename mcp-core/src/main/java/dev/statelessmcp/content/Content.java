package dev.statelessmcp.content;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One piece of an answer or of a message. Immutable.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/schema#contentblock">ContentBlock</a>
 */
public sealed interface Content
    permits TextContent, ImageContent, AudioContent, ResourceLink, EmbeddedResource {

  /**
   * The wire form.
   *
   * @return a new object
   */
  ObjectNode toJson();

  /**
   * The same piece with hints about how to use it.
   *
   * @param annotations the hints; null for none
   * @return a new piece
   */
  Content annotated(Annotations annotations);
}
