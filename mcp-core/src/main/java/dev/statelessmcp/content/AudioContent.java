package dev.statelessmcp.content;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Audio for the model. */
public final class AudioContent extends Content {
  private final String data;
  private final String mimeType;

  private AudioContent(String data, String mimeType) {
    this.data = Objects.requireNonNull(data, "data");
    this.mimeType = Objects.requireNonNull(mimeType, "mimeType");
  }

  /**
   * Creates a block from the bytes of a file.
   *
   * @param bytes the file; not null
   * @param mimeType such as {@code audio/wav}; not null
   * @return the block
   */
  public static AudioContent of(byte[] bytes, String mimeType) {
    return new AudioContent(Base64.getEncoder().encodeToString(bytes), mimeType);
  }

  /**
   * Creates a block from the Base64 of a file.
   *
   * @param data the bytes of the file in Base64; not null
   * @param mimeType such as {@code audio/wav}; not null
   * @return the block
   * @throws IllegalArgumentException if the data are not Base64 with padding and without line
   *     breaks
   */
  public static AudioContent ofBase64(String data, String mimeType) {
    return new AudioContent(Base64Text.checked(data, "the data of an audio block"), mimeType);
  }

  /**
   * The bytes of the file in Base64.
   *
   * @return never null
   */
  public String data() {
    return data;
  }

  /**
   * The media type.
   *
   * @return never null
   */
  public String mimeType() {
    return mimeType;
  }

  @Override
  public AudioContent annotations(@Nullable Annotations hints) {
    return (AudioContent) super.annotations(hints);
  }

  @Override
  public AudioContent meta(@Nullable ObjectNode newMeta) {
    return (AudioContent) super.meta(newMeta);
  }

  @Override
  ObjectNode fields() {
    return Json.object().put("type", "audio").put("data", data).put("mimeType", mimeType);
  }
}
