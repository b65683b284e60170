package dev.statelessmcp.transport;

import dev.statelessmcp.protocol.ClientCapabilities;
import dev.statelessmcp.protocol.Implementation;
import dev.statelessmcp.protocol.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/**
 * What a transport knows of a client of the legacy era: on a connection of its own what
 * {@code initialize} said, otherwise what a header says, or nothing.
 *
 * @param version the revision; not null
 * @param info the client's software; null if it is not known
 * @param capabilities what the client declared; not null
 */
public record LegacyClient(
    ProtocolVersion version, @Nullable Implementation info, ClientCapabilities capabilities) {

  /** A client of which nothing is known. */
  public static final LegacyClient UNKNOWN = of(ProtocolVersion.ASSUMED_LEGACY);

  /**
   * A client of which only the revision is known.
   *
   * @param version the revision; not null
   * @return the client
   */
  public static LegacyClient of(ProtocolVersion version) {
    return new LegacyClient(version, null, ClientCapabilities.NONE);
  }
}
