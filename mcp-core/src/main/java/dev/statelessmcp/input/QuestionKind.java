package dev.statelessmcp.input;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.protocol.ClientCapabilities;

/** The kinds of questions, each with the capability by which a client declares to answer it. */
public enum QuestionKind {
  /** The user fills in a form. */
  FORM("elicitation", "form"),
  /** The user visits a URL. */
  URL("elicitation", "url"),
  /** The client's model is asked; deprecated since 2026-07-28. */
  SAMPLING("sampling", null),
  /** The client's root directories; deprecated since 2026-07-28. */
  ROOTS("roots", null);

  private final String capability;
  private final String mode;

  QuestionKind(String capability, String mode) {
    this.capability = capability;
    this.mode = mode;
  }

  /**
   * Whether a client answers questions of this kind.
   *
   * @param client what it declared; not null
   * @return true if it does
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2026-07-28/client/elicitation#capabilities">"an
   *     empty capabilities object is equivalent to declaring support for form mode only"</a>
   */
  public boolean isDeclaredBy(ClientCapabilities client) {
    if (this == FORM) {
      return client.has("elicitation", "form")
          || (client.has("elicitation") && !client.has("elicitation", "url"));
    }
    return mode == null ? client.has(capability) : client.has(capability, mode);
  }

  /**
   * Adds the capability to an object of capabilities.
   *
   * @param capabilities the object
   */
  public void addTo(ObjectNode capabilities) {
    ObjectNode declared = capabilities.withObjectProperty(capability);
    if (mode != null) {
      declared.putObject(mode);
    }
  }
}
