package dev.statelessmcp.fuzz;

import dev.statelessmcp.fixtures.FixtureAnswer;

/** Something that takes messages and answers them. One is used by one thread at a time. */
public interface FuzzTarget {

  /**
   * Sends a message and collects what comes of it. A subscription is ended once it is acknowledged.
   *
   * @param message the message; its {@link FuzzMessage#body} is what the rules look at
   * @return the answer; null if the target takes the text for something else than a message
   * @throws Exception if the target fails, which is a defect
   */
  FixtureAnswer send(FuzzMessage message) throws Exception;

  /** The message as the target can carry it. */
  default FuzzMessage carried(FuzzMessage message) {
    return message;
  }

  /** Whether answers have a status. */
  boolean http();

  /**
   * The legacy revision of a message that no header and no {@code _meta} says.
   *
   * @param message the message
   * @return 2025-03-26 by default, as HTTP has it
   */
  default String legacyVersion(FuzzMessage message) {
    return "2025-03-26";
  }

  /** Its name in reports. */
  String name();
}
