package dev.statelessmcp.lambda.typed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Converts the event and response classes of one sender to JSON and back. Without state.
 *
 * @param <E> the class of the event
 * @param <R> the class of the response
 */
interface TypedFormat<E, R> {

  /** The class by which handlers of tools get the event. */
  Class<E> type();

  /** An event without any members. */
  E empty();

  /**
   * The event as it would come without its class, recognisable as an event of its sender.
   *
   * @param event any member may be null
   * @throws IllegalArgumentException if it has no JSON form
   */
  ObjectNode read(E event);

  /** The response for an answer in JSON. */
  R write(JsonNode answer);
}
