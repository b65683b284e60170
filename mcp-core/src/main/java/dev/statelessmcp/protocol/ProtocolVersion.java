package dev.statelessmcp.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The revisions of the specification that this library supports, oldest first.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/versioning">Versioning</a>
 */
public enum ProtocolVersion {
  /** The first revision. Supported over stdio and Streamable HTTP; its SSE endpoints are not. */
  V2024_11_05("2024-11-05", Era.LEGACY),
  /** Introduced Streamable HTTP and JSON-RPC batches. */
  V2025_03_26("2025-03-26", Era.LEGACY),
  /** Introduced structured tool results and the {@code MCP-Protocol-Version} header. */
  V2025_06_18("2025-06-18", Era.LEGACY),
  /** The newest revision with the {@code initialize} handshake. */
  V2025_11_25("2025-11-25", Era.LEGACY),
  /** Stateless: every request carries its version and the capabilities of its client. */
  V2026_07_28("2026-07-28", Era.MODERN);

  /** The version that {@code initialize} offers to a client whose version is not supported. */
  public static final ProtocolVersion NEWEST_LEGACY = V2025_11_25;

  /**
   * The version of a legacy message that does not have one.
   *
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#protocol-version-header">"the
   *     server SHOULD assume protocol version 2025-03-26"</a>
   */
  public static final ProtocolVersion ASSUMED_LEGACY = V2025_03_26;

  private static final ProtocolVersion[] ALL = values(); // values() copies the array on each call

  private final String date;
  private final Era era;

  ProtocolVersion(String date, Era era) {
    this.date = date;
    this.era = era;
  }

  /**
   * Returns the revision with a name on the wire.
   *
   * @param date such as {@code 2026-07-28}; may be null
   * @return the revision; empty if it is not supported
   */
  public static Optional<ProtocolVersion> of(@Nullable String date) {
    for (ProtocolVersion version : ALL) {
      if (version.date.equals(date)) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the revisions of an era.
   *
   * @param era the era; not null
   * @return its revisions, newest first; unmodifiable
   */
  public static List<ProtocolVersion> of(Era era) {
    List<ProtocolVersion> versions = new ArrayList<>();
    for (ProtocolVersion version : values()) {
      if (version.era == era) {
        versions.add(0, version);
      }
    }
    return List.copyOf(versions);
  }

  /**
   * Returns the era of the revision.
   *
   * @return modern or legacy; never null
   */
  public Era era() {
    return era;
  }

  /**
   * Returns whether the revision has JSON-RPC batches: 2025-03-26 introduced them and 2025-06-18
   * removed them; 2024-11-05 refers to plain JSON-RPC, which has them.
   *
   * @return true for 2025-03-26 and 2024-11-05
   */
  public boolean hasBatches() {
    return this == V2024_11_05 || this == V2025_03_26;
  }

  /** Returns the name on the wire, such as {@code 2026-07-28}. */
  @Override
  public String toString() {
    return date;
  }
}
