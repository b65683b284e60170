package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A report of progress.
 *
 * @param progress how far the call is
 * @param total where it ends; null if that is not known
 * @param message what the call does; null if it does not say
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
