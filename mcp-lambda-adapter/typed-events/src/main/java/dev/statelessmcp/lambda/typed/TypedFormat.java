package dev.statelessmcp.lambda.typed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Converts the event and response classes of one sender to JSON and back. Stateless.
 *
 * @param <E> the class of the event
 * @param <R> the class of the response
 */
interface TypedFormat<E, R> {

  /** The class under which the event is an attribute of calls. */
  Class<E> type();

  /** An event without any members. */
  E empty();

  /**
   * Converts an event to the JSON that the sender has sent.
   *
   * @param event the event; any member may be null
   * @throws IllegalArgumentException if it has no JSON form
   */
  ObjectNode read(E event);

  /** The response for an answer in JSON. */
  R write(JsonNode answer);
}
