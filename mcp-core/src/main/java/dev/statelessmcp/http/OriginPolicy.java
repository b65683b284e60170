package dev.statelessmcp.http;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The allowed {@code Host} and {@code Origin} header values, which protect a server on a user's
 * machine from web pages. Immutable; the methods that set something return a new policy.
 *
 * <p>An {@code Origin} is allowed if it is absent, is on the list, has the same host and port as
 * the {@code Host}, or (on a loopback address) is that of this machine. If the list is empty, none
 * is allowed.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#security--endpoint">"Servers
 *     MUST validate the Origin header on all incoming connections to prevent DNS rebinding
 *     attacks"</a>
 */
final class OriginPolicy {
  /** Only clients and pages of this machine. */
  static final OriginPolicy DEFAULT = new OriginPolicy(null, null, null, false);

  private static final String ALL = "*";
  private static final String NONE = "none";
  private static final String OPAQUE = "null"; // the origin of sandboxed pages and files

  private final @Nullable Allowed hosts; // null if it has not been set
  private final @Nullable Allowed origins; // null if it has not been set
  private final @Nullable String address; // null if it is not known
  private final boolean loopback; // whether the address is a loopback address

  private OriginPolicy(
      @Nullable Allowed hosts,
      @Nullable Allowed origins,
      @Nullable String address,
      boolean loopback) {
    this.hosts = hosts;
    this.origins = origins;
    this.address = address;
    this.loopback = loopback;
  }

  /** A list that has been set. */
  private record Allowed(boolean all, boolean opaque, List<AllowedHost> entries) {

    boolean has(AllowedHost value) {
      for (AllowedHost entry : entries) {
        if (entry.matches(value)) {
          return true;
        }
      }
      return false;
    }

    boolean isEmpty() {
      return !all && !opaque && entries.isEmpty();
    }
  }

  OriginPolicy hosts(@Nullable List<String> list) {
    try {
      return new OriginPolicy(list == null ? null : ofHosts(list), origins, address, loopback);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("allowedHosts: " + e.getMessage(), e);
    }
  }

  private static Allowed ofHosts(List<String> list) {
    boolean all = false;
    List<AllowedHost> entries = new ArrayList<>(list.size());
    for (String entry : list) {
      if (Objects.requireNonNull(entry, "an entry of allowedHosts").strip().equals(ALL)) {
        all = true;
      } else {
        entries.add(AllowedHost.host(entry));
      }
    }
    return new Allowed(all, false, entries);
  }

  OriginPolicy origins(@Nullable List<String> list) {
    try {
      return new OriginPolicy(hosts, list == null ? null : ofOrigins(list), address, loopback);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("allowedOrigins: " + e.getMessage(), e);
    }
  }

  private static Allowed ofOrigins(List<String> list) {
    boolean all = false;
    boolean opaque = false;
    List<AllowedHost> entries = new ArrayList<>(list.size());
    for (String entry : list) {
      switch (Objects.requireNonNull(entry, "an entry of allowedOrigins").strip()) {
        case ALL -> all = true;
        case OPAQUE -> opaque = true;
        case NONE -> {
          if (list.size() > 1) {
            throw new IllegalArgumentException("none must be the only entry");
          }
        }
        default -> entries.add(AllowedHost.origin(entry));
      }
    }
    return new Allowed(all, opaque, entries);
  }

  /** An entry of {@code allowedOrigins} in its shortest form. */
  static String origin(String entry) {
    String text = entry.strip();
    return switch (text) {
      case ALL, OPAQUE, NONE -> text;
      default -> AllowedHost.origin(text).toString();
    };
  }

  OriginPolicy address(String newAddress) {
    if (newAddress.isBlank()) {
      throw new IllegalArgumentException("the host must be an address of this machine, was empty");
    }
    try {
      boolean local = InetAddress.getByName(newAddress).isLoopbackAddress();
      return new OriginPolicy(hosts, origins, newAddress, local);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "\"" + newAddress + "\" is not an address of this machine", e);
    }
  }

  /**
   * Completes the policy when all settings are known.
   *
   * @throws IllegalArgumentException if no host would be allowed, or if other machines could
   *     connect and the allowed hosts and origins are not set
   */
  OriginPolicy complete() {
    if (address == null) {
      if (hosts != null && hosts.isEmpty()) {
        throw new IllegalArgumentException("allowedHosts must not be empty: no client could call");
      }
      return hosts == null ? new OriginPolicy(null, origins, null, true) : this;
    }
    if (!loopback && (hosts == null || hosts.isEmpty() || origins == null)) {
      throw new IllegalArgumentException("Listening on "
          + address
          + " accepts other machines: set allowedHosts to the host names by which"
          + " clients call this server, and allowedOrigins to the web pages that may call it, or"
          + " to none");
    }
    return this;
  }

  /** Refuses a host that is not allowed. */
  void checkHost(@Nullable String header) throws HttpRefusal {
    if (hosts != null && hosts.all()) {
      return;
    }
    AllowedHost host = AllowedHost.ofHeader(header);
    if (host == null || !(isOwn(host) || (hosts != null && hosts.has(host)))) {
      throw new HttpRefusal(
          403, "The Host header \"" + header + "\" is not allowed; the setting is allowedHosts");
    }
  }

  /** Refuses an origin that is not allowed. */
  void checkOrigin(@Nullable String origin, @Nullable String host) throws HttpRefusal {
    if (origin != null && !isAllowed(origin, host)) {
      throw new HttpRefusal(
          403,
          "The Origin header \"" + origin + "\" is not allowed; the setting is allowedOrigins");
    }
  }

  private boolean isAllowed(String header, @Nullable String hostHeader) {
    if (origins != null) {
      if (origins.all()) {
        return true;
      }
      if (origins.isEmpty()) {
        return false;
      }
      if (header.equals(OPAQUE)) {
        return origins.opaque();
      }
    }
    AllowedHost origin = AllowedHost.ofOriginHeader(header);
    if (origin == null) {
      return false;
    }
    AllowedHost host = AllowedHost.ofHeader(hostHeader);
    return (host != null && origin.isOriginOf(host))
        || isOwn(origin)
        || (origins != null && origins.has(origin));
  }

  /**
   * Whether a host is this machine: a usual loopback name, or the address of the server, such as
   * 127.0.0.2.
   */
  private boolean isOwn(AllowedHost host) {
    return loopback && (host.isLoopback() || (address != null && host.isNamed(address)));
  }
}
