package dev.statelessmcp.content;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.Base64;
import java.util.Objects;

/**
 * An image for the model.
 *
 * @param data the bytes of the file in Base64; not null
 * @param mimeType such as {@code image/png}; not null
 * @param annotations how to use it, or null
 */
public record ImageContent(String data, String mimeType, Annotations annotations)
    implements Content {

  /**
   * Checks the required parts.
   *
   * @param data the bytes of the file in Base64; not null
   * @param mimeType such as {@code image/png}; not null
   * @param annotations how to use it, or null
   * @throws NullPointerException if data or type is null
   */
  public ImageContent {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(mimeType, "mimeType");
  }

  /**
   * An image by its bytes.
   *
   * @param bytes the file; not null
   * @param mimeType such as {@code image/png}; not null
   * @return the content
   */
  public static ImageContent of(byte[] bytes, String mimeType) {
    return new ImageContent(Base64.getEncoder().encodeToString(bytes), mimeType, null);
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json =
        Json.object().put("type", "image").put("data", data).put("mimeType", mimeType);
    return Annotations.addTo(annotations, json);
  }

  @Override
  public ImageContent annotated(Annotations newAnnotations) {
    return new ImageContent(data, mimeType, newAnnotations);
  }
}
