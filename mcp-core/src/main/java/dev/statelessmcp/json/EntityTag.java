package dev.statelessmcp.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/**
 * Creates entity tags: strong validators that depend on the content alone, so that the same content
 * has the same tag in every process and on every machine. Each is a SHA-256 digest in Base64, in
 * quotes as in the {@code ETag} header of HTTP. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3">RFC 9110, section 8.8.3</a>
 */
public final class EntityTag { // cold start: loaded, with the JDK's digests, for the first tag
  private static final byte[] LIST = {0, '['};
  private static final byte[] VALUE = {0, '='};

  private EntityTag() {}

  /**
   * Creates the tag of a content.
   *
   * @param content the content; not null
   * @return 43 characters between quotes
   */
  public static String of(byte[] content) {
    return quoted(digest(content));
  }

  /**
   * Creates the tag of the members of an object, in their order. Lists are digested element by
   * element, and objects of {@link Json#fixed} store their digest, so the tag of a list of many
   * tools costs a few microseconds.
   *
   * @param object the object; not null
   * @param excluded the names of members that are not part of the tag; not null
   * @return 43 characters between quotes
   * @throws IllegalArgumentException if JSON cannot represent a value in the tree
   */
  public static String of(ObjectNode object, Set<String> excluded) {
    MessageDigest sha = sha256();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (excluded.contains(member.getKey())) {
        continue;
      }
      sha.update(member.getKey().getBytes(StandardCharsets.UTF_8));
      JsonNode value = member.getValue();
      if (value.isArray()) {
        // The size separates the digests of a list from the name of the next member
        sha.update(LIST);
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(value.size()).flip());
        for (JsonNode element : value) {
          sha.update(digest(element));
        }
      } else {
        sha.update(VALUE);
        sha.update(digest(value));
      }
    }
    return quoted(sha.digest());
  }

  private static byte[] digest(JsonNode node) {
    return node instanceof FixedObject fixed ? fixed.digest() : digest(Json.write(node));
  }

  static byte[] digest(byte[] content) {
    return sha256().digest(content);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String quoted(byte[] digest) {
    return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + '"';
  }
}
