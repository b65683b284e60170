package dev.statelessmcp.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Header fields. Names are not case-sensitive; values have no leading or trailing white space.
 * Immutable.
 */
public final class HttpHeaders {

  /** No headers. */
  public static final HttpHeaders NONE = new Builder().build();

  /**
   * Alternating names and values, as they were added. A request has about ten, and about as many
   * are looked up: comparing lengths costs less than a map of lower case names.
   */
  private final String[] fields;

  private final int size; // of the fields that are used, a multiple of 2
  private volatile @Nullable Map<String, List<String>> map; // created on demand

  private HttpHeaders(String[] fields, int size) {
    this.fields = fields;
    this.size = size;
  }

  /**
   * Creates a builder without headers. Not part of the API: for the transports of this project,
   * which read fields one by one; use {@link #of}.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Creates headers from alternating names and values.
   *
   * @param namesAndValues an even number of strings
   * @return the headers
   */
  public static HttpHeaders of(String... namesAndValues) {
    Builder builder = builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      builder.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return builder.build();
  }

  /**
   * The value of a header. Several fields with one name are joined to a list, as RFC 9110 defines.
   *
   * @param name the name in any case
   * @return the values, joined by a comma and a space; empty if the header is missing
   */
  public Optional<String> get(String name) {
    return Optional.ofNullable(value(name));
  }

  /** The same, null if the header is missing. */
  @Nullable
  String value(String name) {
    String value = null;
    for (int i = 0; i < size; i += 2) {
      if (isSame(fields[i], name)) {
        value = value == null ? fields[i + 1] : value + ", " + fields[i + 1];
      }
    }
    return value;
  }

  /** Whether two names are equal, ignoring the case of ASCII letters. */
  private static boolean isSame(String name, String other) {
    int length = name.length();
    if (length != other.length()) {
      return false;
    }
    if (name.equals(other)) { // the spelling of most clients
      return true;
    }
    for (int i = 0; i < length; i++) {
      if (lowerCase(name.charAt(i)) != lowerCase(other.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static char lowerCase(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
  }

  /**
   * The value of a header that has only one. Some clients and proxies send the header twice; equal
   * values count once.
   *
   * @return the value; all values, joined, if they differ; null if the header is missing
   */
  @Nullable
  String single(String name) {
    String value = value(name);
    return value == null || value.indexOf(',') < 0 ? value : once(value);
  }

  /** The value that a text repeats, separated by commas; the text itself if it repeats none. */
  private static String once(String value) {
    String[] parts = value.split(",", -1);
    for (int size = 1; size <= parts.length / 2; size++) { // a value may itself have commas
      if (parts.length % size == 0) {
        String first = group(parts, 0, size);
        if (!first.isEmpty() && repeats(parts, size, first)) {
          return first;
        }
      }
    }
    return value;
  }

  private static boolean repeats(String[] parts, int size, String first) {
    for (int start = size; start < parts.length; start += size) {
      if (!group(parts, start, size).equals(first)) {
        return false;
      }
    }
    return true;
  }

  private static String group(String[] parts, int start, int size) {
    return Builder.strip(String.join(",", Arrays.copyOfRange(parts, start, start + size)));
  }

  /**
   * Passes each field to a consumer, in the order in which they were added.
   *
   * @param taker gets the name as it was added, and the value; not null
   */
  public void forEach(BiConsumer<String, String> taker) {
    for (int i = 0; i < size; i += 2) {
      taker.accept(fields[i], fields[i + 1]);
    }
  }

  /**
   * All headers.
   *
   * @return values by lower case name, in the order in which they were added; unmodifiable
   */
  public Map<String, List<String>> asMap() {
    Map<String, List<String>> known = map;
    if (known == null) {
      known = newMap();
      map = known; // another thread may create an equal one
    }
    return known;
  }

  private Map<String, List<String>> newMap() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (int i = 0; i < size; i += 2) {
      String name = fields[i].toLowerCase(Locale.ROOT);
      List<String> first = List.of(fields[i + 1]);
      List<String> earlier = all.put(name, first);
      if (earlier != null) {
        List<String> both = new ArrayList<>(earlier);
        both.addAll(first);
        all.put(name, Collections.unmodifiableList(both));
      }
    }
    return Collections.unmodifiableMap(all);
  }

  /** Builds headers. Not thread-safe. Not part of the API. */
  public static final class Builder {
    private String[] fields = new String[8];
    private int size;

    private Builder() {}

    /**
     * Adds a field.
     *
     * @param name its name in any case; null adds nothing
     * @param value its value; null adds nothing, because some Lambda events have null headers
     * @return this
     */
    public Builder add(@Nullable String name, @Nullable String value) {
      if (name != null && value != null) {
        if (size == fields.length) {
          fields = Arrays.copyOf(fields, 2 * size);
        }
        fields[size++] = name;
        fields[size++] = strip(value);
      }
      return this;
    }

    /** RFC 9110 5.5: "a field value does not include leading or trailing whitespace" (SP, HTAB). */
    private static String strip(String value) {
      int start = 0;
      int end = value.length();
      while (start < end && isBlank(value.charAt(start))) {
        start++;
      }
      while (end > start && isBlank(value.charAt(end - 1))) {
        end--;
      }
      return value.substring(start, end);
    }

    private static boolean isBlank(char c) {
      return c == ' ' || c == '\t';
    }

    /**
     * Creates the headers; do not use the builder afterwards.
     *
     * @return the headers
     */
    public HttpHeaders build() {
      return new HttpHeaders(fields, size);
    }
  }
}
