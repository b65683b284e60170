package dev.statelessmcp.content;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An image for the model. */
public final class ImageContent extends Content {
  private final String data;
  private final String mimeType;

  private ImageContent(String data, String mimeType) {
    this.data = Objects.requireNonNull(data, "data");
    this.mimeType = Objects.requireNonNull(mimeType, "mimeType");
  }

  /**
   * Creates a block from the bytes of a file.
   *
   * @param bytes the file; not null
   * @param mimeType such as {@code image/png}; not null
   * @return the block
   */
  public static ImageContent of(byte[] bytes, String mimeType) {
    return new ImageContent(Base64.getEncoder().encodeToString(bytes), mimeType);
  }

  /**
   * Creates a block from the Base64 of a file.
   *
   * @param data the bytes of the file in Base64; not null
   * @param mimeType such as {@code image/png}; not null
   * @return the block
   * @throws IllegalArgumentException if the data are not Base64 with padding and without line
   *     breaks
   */
  public static ImageContent ofBase64(String data, String mimeType) {
    return new ImageContent(Base64Text.checked(data, "the data of an image block"), mimeType);
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
  public ImageContent annotations(@Nullable Annotations hints) {
    return (ImageContent) super.annotations(hints);
  }

  @Override
  public ImageContent meta(@Nullable ObjectNode newMeta) {
    return (ImageContent) super.meta(newMeta);
  }

  @Override
  ObjectNode fields() {
    return Json.object().put("type", "image").put("data", data).put("mimeType", mimeType);
  }
}
