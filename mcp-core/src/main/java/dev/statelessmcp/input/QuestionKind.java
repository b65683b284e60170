package dev.statelessmcp.input;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.protocol.ClientCapabilities;
import org.jspecify.annotations.Nullable;

/** The kinds of questions. A client declares each that it supports by a capability. */
public enum QuestionKind {
  /** The user fills in a form. */
  FORM("elicitation", "form"),
  /** The user visits a URL. */
  URL("elicitation", "url"),
  /** The client's model answers; deprecated since 2026-07-28. */
  SAMPLING("sampling", null),
  /** The client lists its root directories; deprecated since 2026-07-28. */
  ROOTS("roots", null);

  private final String capability;
  private final @Nullable String mode;

  QuestionKind(String capability, @Nullable String mode) {
    this.capability = capability;
    this.mode = mode;
  }

  /**
   * Returns whether a client supports questions of this kind. Not part of the API: for the engine.
   * A handler asks {@link dev.statelessmcp.call.Call#canAsk}.
   *
   * @param client the capabilities of the client; not null
   * @return true if the client declares the capability
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
   * Adds the capability to an object of capabilities. Not part of the API: for the engine.
   *
   * @param capabilities the object to change; not null
   */
  public void addTo(ObjectNode capabilities) {
    ObjectNode declared = capabilities.withObjectProperty(capability);
    if (mode != null) {
      declared.putObject(mode);
    }
  }
}
