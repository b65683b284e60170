package dev.statelessmcp.skill;

import dev.statelessmcp.content.ResourceContents;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file with its digest, which hosts check. Immutable. */
final class SkillFile {
  static final String MARKDOWN = "text/markdown";

  /** The media types by file extension; other files are plain text, or bytes. */
  private static final Map<String, String> TYPES = Map.ofEntries(
      Map.entry("md", MARKDOWN),
      Map.entry("markdown", MARKDOWN),
      Map.entry("html", "text/html"),
      Map.entry("css", "text/css"),
      Map.entry("csv", "text/csv"),
      Map.entry("js", "text/javascript"),
      Map.entry("mjs", "text/javascript"),
      Map.entry("py", "text/x-python"),
      Map.entry("sh", "application/x-sh"),
      Map.entry("json", "application/json"),
      Map.entry("yaml", "application/yaml"),
      Map.entry("yml", "application/yaml"),
      Map.entry("xml", "application/xml"),
      Map.entry("svg", "image/svg+xml"),
      Map.entry("png", "image/png"),
      Map.entry("jpg", "image/jpeg"),
      Map.entry("jpeg", "image/jpeg"),
      Map.entry("gif", "image/gif"),
      Map.entry("webp", "image/webp"),
      Map.entry("pdf", "application/pdf"),
      Map.entry("zip", "application/zip"));

  private final String path;
  private final String uri;
  private final byte[] bytes;
  private final String digest;
  private final @Nullable String text; // null for bytes that are not UTF-8

  SkillFile(String path, byte[] bytes) {
    this.path = path;
    this.uri = "skill://" + UriPath.encode(path);
    this.bytes = bytes;
    digest = digest(bytes);
    text = text(bytes);
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * The text of a file; null if its encoding would not restore the same bytes, because hosts
   * compare the digest.
   */
  private static @Nullable String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  String path() {
    return path;
  }

  String uri() {
    return uri;
  }

  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  byte[] bytes() {
    return bytes;
  }

  String digest() {
    return digest;
  }

  String mimeType() {
    String name = name();
    String end = name.substring(name.lastIndexOf('.') + 1);
    String type = TYPES.get(end.toLowerCase(Locale.ROOT));
    if (type != null) {
      return type;
    }
    return text == null ? "application/octet-stream" : "text/plain";
  }

  ResourceContents contents() {
    return text == null
        ? ResourceContents.blob(uri, mimeType(), bytes)
        : ResourceContents.text(uri, mimeType(), text);
  }
}
