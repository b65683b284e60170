package dev.statelessmcp.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** A string in which an unpaired surrogate was replaced when it was read. Immutable. */
final class ReplacedText extends TextNode {
  private static final long serialVersionUID = 1L;

  private ReplacedText(String value) {
    super(value);
  }

  static JsonNode of(String value) { // cold start: callers need not load this class
    return new ReplacedText(value);
  }

  /** Compares the value, as other strings do. */
  @Override
  public boolean equals(Object other) {
    return other instanceof TextNode text && text.textValue().equals(textValue());
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
