package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A progress notification.
 *
 * @param progress how much is done
 * @param total how much there is to do; null if that is not known
 * @param message the message; null if there is none
 */
public record Progress(
    double progress, @Nullable Double total, @Nullable String message) {

  static Progress of(JsonNode params) {
    return new Progress(
        params.path("progress").doubleValue(),
        params.has("total") ? params.get("total").doubleValue() : null,
        params.path("message").textValue());
  }
}
