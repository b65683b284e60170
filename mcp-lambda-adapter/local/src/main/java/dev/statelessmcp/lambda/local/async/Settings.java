package dev.statelessmcp.lambda.local.async;

import java.time.Duration;

/**
 * How asynchronous events are delivered.
 *
 * @param retryDelay before the second delivery of an event that failed; twice that before the third
 * @param visibilityTimeout after which a message of the queue is delivered again unless its
 *     invocation has succeeded
 * @param maxReceives how often a message is delivered before it is dropped, as into a dead-letter
 *     queue
 * @param twicePercent the percentage of deliveries that are made twice, as both services may
 * @param seed the random seed that selects them
 */
public record Settings(
    Duration retryDelay, Duration visibilityTimeout, int maxReceives, int twicePercent, long seed) {

  /** As on AWS, with the default visibility timeout of a queue, and without duplicates. */
  public static final Settings DEFAULT =
      new Settings(Duration.ofMinutes(1), Duration.ofSeconds(30), 5, 0, 1);
}
