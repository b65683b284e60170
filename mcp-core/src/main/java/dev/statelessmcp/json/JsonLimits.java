package dev.statelessmcp.json;

/**
 * Limits the size of JSON texts that a peer sends. Immutable.
 *
 * @param maxBytes the maximum length of a text, in bytes of UTF-8; at least 1
 * @param maxDepth the maximum nesting of objects and arrays, in levels; 1 to 1,000, because code
 *     that walks a tree is recursive
 * @param maxStringLength the maximum length of a string or member name, in UTF-16 code units; at
 *     least 1
 */
public record JsonLimits(int maxBytes, int maxDepth, int maxStringLength) {

  /** The default: 4 MiB of text, 128 levels, strings as long as the text. */
  public static final JsonLimits DEFAULT = new JsonLimits(4 << 20, 128, 4 << 20);

  /**
   * Creates limits.
   *
   * @param maxBytes the maximum length of a text, in bytes of UTF-8; at least 1
   * @param maxDepth the maximum nesting of objects and arrays, in levels; 1 to 1,000, because code
   *     that walks a tree is recursive
   * @param maxStringLength the maximum length of a string or member name, in UTF-16 code units; at
   *     least 1
   * @throws IllegalArgumentException if a number is out of its range
   */
  public JsonLimits {
    if (maxBytes < 1 || maxStringLength < 1) {
      throw new IllegalArgumentException("maxBytes and maxStringLength must be at least 1, were "
          + maxBytes
          + " and "
          + maxStringLength);
    }
    if (maxDepth < 1 || maxDepth > 1000) {
      throw new IllegalArgumentException("maxDepth must be from 1 to 1000, was " + maxDepth);
    }
  }

  /**
   * Returns the same limits with another maximum size.
   *
   * @param bytes the maximum length of a text, in bytes of UTF-8, and of a string; at least 1
   * @return new limits
   * @throws IllegalArgumentException if {@code bytes} is less than 1
   */
  public JsonLimits withMaxBytes(int bytes) {
    return new JsonLimits(bytes, maxDepth, bytes);
  }
}
