package dev.statelessmcp.http;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which {@code Host} and {@code Origin} headers a server takes: what keeps a web page from reaching
 * a server on its reader's own machine. Immutable.
 *
 * <p>An {@code Origin} is taken if it is absent, equal to the {@code Host}, on the allow-list, or
 * (for {@link #loopback()}) on this machine. A {@code Host} is taken if it is on the allow-list, or
 * everything is.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#security--endpoint">"Servers
 *     MUST validate the Origin header on all incoming connections to prevent DNS rebinding
 *     attacks"</a>
 */
public final class OriginPolicy {
  /** Allows everything, where that is really wanted. */
  private static final String ANY = "*";

  private final List<String> hosts;
  private final List<String> origins;
  private final boolean loopback;

  private OriginPolicy(List<String> hosts, List<String> origins, boolean loopback) {
    this.hosts = hosts;
    this.origins = origins;
    this.loopback = loopback;
  }

  /**
   * For a server that only this machine can reach: hosts and origins {@code localhost},
   * {@code 127.0.0.1} and {@code [::1]}, with any port.
   *
   * @return the policy
   */
  public static OriginPolicy loopback() {
    return new OriginPolicy(List.of(), List.of(), true);
  }

  /**
   * For a server behind a gateway that has checked the host itself, such as every gateway in front
   * of AWS Lambda.
   *
   * @return the policy; no origin is allowed but the host's own
   */
  public static OriginPolicy anyHost() {
    return new OriginPolicy(List.of(ANY), List.of(), false);
  }

  /**
   * For a server that others reach: no host and no origin is allowed, but those that are added.
   *
   * @return the policy
   */
  public static OriginPolicy none() {
    return new OriginPolicy(List.of(), List.of(), false);
  }

  /**
   * The policy for a server that listens on an address: this machine's own names for a loopback
   * address, and in any case what is allowed in addition.
   *
   * @param address a host name or an address, such as {@code 127.0.0.1} or {@code 0.0.0.0}; not
   *     null
   * @param allowedHosts see {@link #withHosts}; not null
   * @param allowedOrigins see {@link #withOrigins}; not null
   * @return the policy
   * @throws IllegalArgumentException if the address is not a loopback address and
   *     {@code allowedHosts} or {@code allowedOrigins} is empty, or the address is not known
   */
  public static OriginPolicy forAddress(
      String address, List<String> allowedHosts, List<String> allowedOrigins) {
    boolean loopback;
    try {
      loopback = InetAddress.getByName(address).isLoopbackAddress();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "\"" + address + "\" is not an address of this machine", e);
    }
    if (!loopback && (allowedHosts.isEmpty() || allowedOrigins.isEmpty())) {
      throw new IllegalArgumentException("Listening on "
          + address
          + " accepts other machines: set allowedHosts to the names by which clients call this"
          + " server, and allowedOrigins to the web pages that may call it (its own origin if"
          + " there are none)");
    }
    // A loopback address may have other names than the usual ones, such as 127.0.0.2
    OriginPolicy base = loopback ? loopback().withHosts(List.of(address)) : none();
    return base.withHosts(allowedHosts).withOrigins(allowedOrigins);
  }

  /**
   * The policy with more hosts.
   *
   * @param allowedHosts host names, each with or without a port (without one any port is taken), or
   *     {@code *} for all; not null
   * @return a new policy; an origin that is the host's own is allowed with it
   */
  public OriginPolicy withHosts(List<String> allowedHosts) {
    List<String> all = new ArrayList<>(hosts);
    for (String host : allowedHosts) {
      all.add(Objects.requireNonNull(host, "host").strip().toLowerCase(Locale.ROOT));
    }
    return new OriginPolicy(List.copyOf(all), origins, loopback);
  }

  /**
   * The policy with more origins.
   *
   * @param allowedOrigins origins such as {@code https://app.example.com}, or {@code *} for all; a
   *     URL with a path counts as its origin; not null
   * @return a new policy
   * @throws IllegalArgumentException if one is neither a URL nor {@code *} nor {@code null}
   */
  public OriginPolicy withOrigins(List<String> allowedOrigins) {
    List<String> all = new ArrayList<>(origins);
    for (String origin : allowedOrigins) {
      all.add(originOf(origin));
    }
    return new OriginPolicy(hosts, List.copyOf(all), loopback);
  }

  private static String originOf(String url) {
    String lower = url.strip().toLowerCase(Locale.ROOT);
    if (lower.equals(ANY) || lower.equals("null")) {
      return lower;
    }
    int scheme = lower.indexOf("://");
    if (scheme <= 0 || scheme + 3 == lower.length()) {
      throw new IllegalArgumentException(
          "\"" + url + "\" is not an origin such as https://app.example.com");
    }
    int path = lower.indexOf('/', scheme + 3);
    String origin = path < 0 ? lower : lower.substring(0, path);
    // Browsers leave out the port that is the scheme's own
    String port = lower.startsWith("https:") ? ":443" : lower.startsWith("http:") ? ":80" : null;
    return port != null && origin.endsWith(port)
        ? origin.substring(0, origin.length() - port.length())
        : origin;
  }

  /** Refuses a host that is not allowed. */
  void checkHost(@Nullable String host) throws HttpRefusal {
    boolean allowed = hosts.contains(ANY)
        || (host != null
            && (hosts.contains(host.toLowerCase(Locale.ROOT))
                || hosts.contains(name(host))
                || (loopback && isLoopback(name(host)))));
    if (!allowed) {
      throw new HttpRefusal(
          403, "The Host header \"" + host + "\" is not allowed; the setting is allowedHosts");
    }
  }

  /** Refuses an origin that is not allowed. */
  void checkOrigin(@Nullable String origin, @Nullable String host) throws HttpRefusal {
    if (origin == null || isAllowed(origin.toLowerCase(Locale.ROOT), host)) {
      return;
    }
    throw new HttpRefusal(
        403, "The Origin header \"" + origin + "\" is not allowed; the setting is allowedOrigins");
  }

  private boolean isAllowed(String origin, @Nullable String host) {
    if (origins.contains(ANY) || origins.contains(origin)) {
      return true;
    }
    int scheme = origin.indexOf("://");
    if (scheme < 0) {
      return false;
    }
    String authority = origin.substring(scheme + 3);
    return (host != null && authority.equals(host.toLowerCase(Locale.ROOT)))
        || (loopback && isLoopback(name(authority)));
  }

  /** The host without its port; an IPv6 address keeps its brackets. */
  private static String name(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    int colon = lower.lastIndexOf(':');
    return colon > lower.lastIndexOf(']') && isPort(lower, colon + 1)
        ? lower.substring(0, colon)
        : lower;
  }

  private static boolean isPort(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return from < text.length();
  }

  private static boolean isLoopback(String name) {
    return name.equals("localhost") || name.equals("127.0.0.1") || name.equals("[::1]");
  }
}
