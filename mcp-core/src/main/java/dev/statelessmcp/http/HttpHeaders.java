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
 * Header fields: names without regard to case, values without the white space around them.
 * Immutable.
 */
public final class HttpHeaders {

  /** No headers. */
  public static final HttpHeaders NONE = new Builder().build();

  /**
   * Names and values in turn, as they were added. A request has about ten, and is asked for about
   * as many: comparing lengths costs less than a map of lower case names.
   */
  private final String[] fields;

  private final int size; // of the fields that are used, a multiple of 2
  private volatile @Nullable Map<String, List<String>> map; // made when it is asked for

  private HttpHeaders(String[] fields, int size) {
    this.fields = fields;
    this.size = size;
  }

  /**
   * Begins with no headers. Not part of the API: for the transports of this project, which read
   * fields one by one; {@link #of} does the same.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Headers from names and values in turn.
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
   * The value of a header; several fields of one name are one list, as RFC 9110 has it.
   *
   * @param name the name in any case
   * @return the values, joined by a comma and a space; empty if there is no such header
   */
  public Optional<String> get(String name) {
    return Optional.ofNullable(value(name));
  }

  /** The same, null if there is no such header. */
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

  /** Whether two names are equal without regard to the case of ASCII letters. */
  private static boolean isSame(String name, String other) {
    int length = name.length();
    if (length != other.length()) {
      return false;
    }
    if (name.equals(other)) { // as most clients write it
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
   * The value of a header that has only one. Some clients and proxies send such a header twice; as
   * long as the values are equal they count once.
   *
   * @return the value; all of them, joined, if they differ; null if there is no such header
   */
  @Nullable
  String single(String name) {
    String value = value(name);
    return value == null || value.indexOf(',') < 0 ? value : once(value);
  }

  /** What a text repeats, separated by commas; the text itself if it repeats nothing. */
  private static String once(String value) {
    String[] parts = value.split(",", -1);
    for (int size = 1; size <= parts.length / 2; size++) { // a value may have commas of its own
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
   * Hands over each field, in the order in which they were added.
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
      map = known; // another thread may make one too, which is the same
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

  /** Collects headers. Not safe from several threads. Not part of the API. */
  public static final class Builder {
    private String[] fields = new String[8];
    private int size;

    private Builder() {}

    /**
     * Adds a field.
     *
     * @param name its name in any case; null adds nothing
     * @param value its value; null adds nothing, since some events have such headers
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
     * Finishes the headers; the builder is not to be used afterwards.
     *
     * @return the headers
     */
    public HttpHeaders build() {
      return new HttpHeaders(fields, size);
    }
  }
}
