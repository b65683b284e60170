package dev.statelessmcp.content;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.Base64;
import java.util.Objects;

/**
 * A sound for the model.
 *
 * @param data the bytes of the file in Base64; not null
 * @param mimeType such as {@code audio/wav}; not null
 * @param annotations how to use it, or null
 */
public record AudioContent(String data, String mimeType, Annotations annotations)
    implements Content {

  /**
   * Checks the required parts.
   *
   * @param data the bytes of the file in Base64; not null
   * @param mimeType such as {@code audio/wav}; not null
   * @param annotations how to use it, or null
   * @throws NullPointerException if data or type is null
   */
  public AudioContent {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(mimeType, "mimeType");
  }

  /**
   * A sound by its bytes.
   *
   * @param bytes the file; not null
   * @param mimeType such as {@code audio/wav}; not null
   * @return the content
   */
  public static AudioContent of(byte[] bytes, String mimeType) {
    return new AudioContent(Base64.getEncoder().encodeToString(bytes), mimeType, null);
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json =
        Json.object().put("type", "audio").put("data", data).put("mimeType", mimeType);
    return Annotations.addTo(annotations, json);
  }

  @Override
  public AudioContent annotated(Annotations newAnnotations) {
    return new AudioContent(data, mimeType, newAnnotations);
  }
}
