package dev.statelessmcp.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How the classes that AWS has for an event and its answer go with the format of its sender.
 * Without state.
 *
 * @param <E> the class of the event
 * @param <R> the class of the answer
 */
interface TypedFormat<E, R> {

  /** The class by which handlers ask for the event. */
  Class<E> type();

  /** An event of which nothing is known. */
  E empty();

  /**
   * The event as it would have come untyped.
   *
   * @param event any member of it may be null
   * @throws IllegalArgumentException if it is nothing that could have come
   */
  HttpEvent read(E event);

  /** The answer, from its untyped form. */
  R write(ObjectNode answer);
}
