package dev.statelessmcp.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Header fields: names without regard to case, values without the white space around them.
 * Immutable.
 */
public final class HttpHeaders {

  /** No headers. */
  public static final HttpHeaders NONE = new Builder().build();

  private final Map<String, List<String>> byLowerCaseName;

  private HttpHeaders(Map<String, List<String>> byLowerCaseName) {
    this.byLowerCaseName = byLowerCaseName;
  }

  /**
   * Begins with no headers.
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
    List<String> values = byLowerCaseName.get(lowerCase(name));
    if (values == null) {
      return null;
    }
    return values.size() == 1 ? values.get(0) : String.join(", ", values);
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
   * All headers.
   *
   * @return values by lower case name, in the order in which they were added; unmodifiable
   */
  public Map<String, List<String>> asMap() {
    return byLowerCaseName;
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Collects headers. Not safe from several threads. */
  public static final class Builder {
    private final Map<String, List<String>> headers = new LinkedHashMap<>();

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
        String lowerCase = lowerCase(name);
        List<String> first = List.of(strip(value));
        List<String> earlier = headers.put(lowerCase, first);
        if (earlier != null) {
          List<String> both = new ArrayList<>(earlier);
          both.addAll(first);
          headers.put(lowerCase, Collections.unmodifiableList(both));
        }
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
      return new HttpHeaders(Collections.unmodifiableMap(headers));
    }
  }
}
