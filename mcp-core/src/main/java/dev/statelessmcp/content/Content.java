package dev.statelessmcp.content;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One piece of an answer. Immutable.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/schema#contentblock">ContentBlock</a>
 */
public sealed interface Content permits TextContent, ImageContent {

  /**
   * The wire form.
   *
   * @return a new object
   */
  ObjectNode toJson();
}
