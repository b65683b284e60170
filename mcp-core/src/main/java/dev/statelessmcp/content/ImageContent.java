package dev.statelessmcp.content;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.Base64;
import java.util.Objects;

/**
 * An image for the model.
 *
 * @param data the bytes of the image in Base64; not null
 * @param mimeType such as {@code image/png}; not null
 */
public record ImageContent(String data, String mimeType) implements Content {

  /**
   * Checks that both are there.
   *
   * @param data the bytes of the image in Base64; not null
   * @param mimeType such as {@code image/png}; not null
   * @throws NullPointerException if one is not
   */
  public ImageContent {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(mimeType, "mimeType");
  }

  /**
   * An image by its bytes.
   *
   * @param bytes the image file; not null
   * @param mimeType such as {@code image/png}; not null
   * @return the content
   */
  public static ImageContent of(byte[] bytes, String mimeType) {
    return new ImageContent(Base64.getEncoder().encodeToString(bytes), mimeType);
  }

  @Override
  public ObjectNode toJson() {
    return Json.object().put("type", "image").put("data", data).put("mimeType", mimeType);
  }
}
