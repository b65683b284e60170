package dev.statelessmcp.json;

/**
 * How large a JSON text may be that a peer sends. Immutable.
 *
 * @param maxBytes the longest text, in bytes of UTF-8; at least 1
 * @param maxDepth how deep objects and arrays may nest; 1 to 1,000, because trees are walked
 *     recursively
 * @param maxStringLength the longest string or member name, in UTF-16 code units; at least 1
 */
public record JsonLimits(int maxBytes, int maxDepth, int maxStringLength) {

  /** 4 MiB of text, 128 levels, strings as long as the text. */
  public static final JsonLimits DEFAULT = new JsonLimits(4 << 20, 128, 4 << 20);

  /**
   * Checks the numbers.
   *
   * @param maxBytes the longest text, in bytes of UTF-8; at least 1
   * @param maxDepth how deep objects and arrays may nest; 1 to 1,000, because trees are walked
   *     recursively
   * @param maxStringLength the longest string or member name, in UTF-16 code units; at least 1
   * @throws IllegalArgumentException if one of them is out of its range
   */
  public JsonLimits {
    if (maxBytes < 1 || maxStringLength < 1) {
      throw new IllegalArgumentException("maxBytes and maxStringLength must be at least 1");
    }
    if (maxDepth < 1 || maxDepth > 1000) {
      throw new IllegalArgumentException("maxDepth must be from 1 to 1000, is " + maxDepth);
    }
  }

  /**
   * The same limits with another size.
   *
   * @param bytes the longest text, in bytes; strings may be as long
   * @return new limits
   */
  public JsonLimits withMaxBytes(int bytes) {
    return new JsonLimits(bytes, maxDepth, bytes);
  }
}
