package dev.statelessmcp.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A host with its port, and for an origin its scheme: an entry of {@code allowedHosts} or
 * {@code allowedOrigins}, or the value of a header. Immutable.
 */
final class AllowedHost {
  private static final int ANY_PORT = -1;
  private static final int NO_PORT = 0;
  private static final int MAX_PORT = 65535;
  private static final String WILDCARD = "*.";

  private final @Nullable String scheme; // null for a Host
  private final String name; // for a wildcard the part after the star, such as .example.com
  private final boolean wildcard;
  private final int port;

  private AllowedHost(@Nullable String scheme, String name, boolean wildcard, int port) {
    this.scheme = scheme;
    this.name = name;
    this.wildcard = wildcard;
    this.port = port;
  }

  /**
   * An entry of {@code allowedHosts}.
   *
   * @throws IllegalArgumentException if no {@code Host} header can ever match it
   */
  static AllowedHost host(String entry) {
    String text = entry.strip().toLowerCase(Locale.ROOT);
    if (text.contains("://")) {
      throw refused(entry, "is a URL; write only the host, such as example.com");
    }
    if (text.indexOf('/') >= 0) {
      throw refused(entry, "has a path; write only the host");
    }
    AllowedHost host = parsed(entry, null, text);
    return host.port == NO_PORT ? new AllowedHost(null, host.name, host.wildcard, ANY_PORT) : host;
  }

  /**
   * An entry of {@code allowedOrigins}. The path of a URL is dropped.
   *
   * @throws IllegalArgumentException if no {@code Origin} header can ever match it
   */
  static AllowedHost origin(String entry) {
    String text = entry.strip().toLowerCase(Locale.ROOT);
    int colon = text.indexOf("://");
    if (colon <= 0 || !isScheme(text, colon)) {
      throw refused(entry, "is not an origin such as https://app.example.com");
    }
    int start = colon + 3;
    int end = start;
    while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return parsed(entry, text.substring(0, colon), text.substring(start, end));
  }

  private static AllowedHost parsed(String entry, @Nullable String scheme, String text) {
    int colon = portColon(text);
    String name = colon < 0 ? text : text.substring(0, colon);
    String portText = colon < 0 ? null : text.substring(colon + 1);
    int port = portText == null ? defaultPort(scheme) : number(portText);
    if ("*".equals(portText)) {
      port = ANY_PORT;
    } else if (portText != null && port <= 0) {
      throw refused(entry, "has a port that is not a number from 1 to 65535");
    }
    boolean wildcard = name.startsWith(WILDCARD);
    String rest = wildcard ? name.substring(WILDCARD.length()) : name;
    if (name.equals("*")) {
      throw refused(entry, "has * for the host; write only * to allow all");
    }
    if (rest.indexOf('*') >= 0) {
      throw refused(entry, "has a * in the middle; it stands for subdomains, as in *.example.com");
    }
    if (rest.indexOf(':') >= 0 && !rest.startsWith("[")) {
      throw refused(entry, "is an IPv6 address without brackets; write it as [::1]");
    }
    if (!isName(rest) || (wildcard && rest.startsWith("["))) {
      throw refused(entry, "is not a host name such as example.com in ASCII");
    }
    return new AllowedHost(scheme, wildcard ? "." + rest : rest, wildcard, port);
  }

  private static IllegalArgumentException refused(String entry, String why) {
    return new IllegalArgumentException("\"" + entry + "\" " + why);
  }

  /** The value of a {@code Host} header; null if it is not valid. */
  static @Nullable AllowedHost ofHeader(@Nullable String host) {
    return host == null ? null : ofAuthority(null, host.toLowerCase(Locale.ROOT));
  }

  /** The value of an {@code Origin} header; null if it is not valid, or is {@code null}. */
  static @Nullable AllowedHost ofOriginHeader(String origin) {
    String text = origin.toLowerCase(Locale.ROOT);
    int colon = text.indexOf("://");
    return colon <= 0 || !isScheme(text, colon)
        ? null
        : ofAuthority(text.substring(0, colon), text.substring(colon + 3));
  }

  private static @Nullable AllowedHost ofAuthority(@Nullable String scheme, String text) {
    int colon = portColon(text);
    String name = colon < 0 ? text : text.substring(0, colon);
    int port = colon < 0 ? defaultPort(scheme) : number(text.substring(colon + 1));
    return isName(name) && (colon < 0 || port > 0)
        ? new AllowedHost(scheme, name, false, port)
        : null;
  }

  /**
   * The index of the colon before the port: the first one, or for an IPv6 address the one after it.
   */
  private static int portColon(String text) {
    int colon = text.indexOf(':', text.startsWith("[") ? Math.max(0, text.indexOf(']')) : 0);
    // Several colons without brackets are an IPv6 address without a port
    return colon >= 0 && text.indexOf(':', colon + 1) < 0 ? colon : -1;
  }

  /** The default port of a scheme, which browsers leave out. */
  private static int defaultPort(@Nullable String scheme) {
    return "https".equals(scheme) ? 443 : "http".equals(scheme) ? 80 : NO_PORT;
  }

  /** A port number; -2 if it is not valid. */
  private static int number(String text) {
    int number = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9' || number > MAX_PORT) {
        return -2;
      }
      number = number * 10 + c - '0';
    }
    return text.isEmpty() || number > MAX_PORT ? -2 : number;
  }

  private static boolean isScheme(String text, int end) {
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (!isLetterOrDigit(c) && c != '+' && c != '-' && c != '.') {
        return false;
      }
    }
    return true;
  }

  private static boolean isName(String name) {
    if (name.startsWith("[")) {
      return isBracketed(name);
    }
    boolean label = false; // whether the current label has begun
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '.' ? !label : !isLetterOrDigit(c) && c != '-' && c != '_') {
        return false;
      }
      label = c != '.';
    }
    return !name.isEmpty();
  }

  private static boolean isBracketed(String name) {
    for (int i = 1; i < name.length() - 1; i++) {
      char c = name.charAt(i);
      if (!isLetterOrDigit(c) && c != ':' && c != '.' && c != '%') {
        return false;
      }
    }
    return name.length() > 3 && name.endsWith("]");
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  /** Whether this entry allows a host or an origin. */
  boolean matches(AllowedHost other) {
    boolean sameName = wildcard
        ? other.name.endsWith(name) && other.name.length() > name.length()
        : name.equals(other.name);
    return sameName
        && (scheme == null || scheme.equals(other.scheme))
        && (port == ANY_PORT || port == other.port || (scheme == null && isLeftOut(other)));
  }

  /** Whether the other host has no port and this port is 80 or 443, which clients leave out. */
  private boolean isLeftOut(AllowedHost other) {
    return other.port == NO_PORT && (port == 80 || port == 443);
  }

  /** Whether this origin has that host and port, with any scheme. */
  boolean isOriginOf(AllowedHost host) {
    int hostPort = host.port == NO_PORT ? defaultPort(scheme) : host.port;
    return name.equals(host.name) && port == hostPort;
  }

  /** Whether it is one of the usual names of this machine, with any port. */
  boolean isLoopback() {
    return name.equals("localhost") || name.equals("127.0.0.1") || name.equals("[::1]");
  }

  /** Whether the name equals an address, with or without brackets. */
  boolean isNamed(String address) {
    return address != null
        && (name.equalsIgnoreCase(address) || name.equalsIgnoreCase("[" + address + "]"));
  }

  /** The entry, as it is written in a list. */
  @Override
  public String toString() {
    String start = scheme == null ? "" : scheme + "://";
    String end = port == ANY_PORT ? ":*" : port == defaultPort(scheme) ? "" : ":" + port;
    return start + (wildcard ? "*" : "") + name + end;
  }
}
