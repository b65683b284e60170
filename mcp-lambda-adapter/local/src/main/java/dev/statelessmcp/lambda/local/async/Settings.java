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
 * @param twicePercent how many of 100 deliveries are made twice, as both services may
 * @param seed decides which
 */
public record Settings(
    Duration retryDelay, Duration visibilityTimeout, int maxReceives, int twicePercent, long seed) {

  /** As on AWS, with the visibility timeout that a queue has by default; nothing comes twice. */
  public static final Settings DEFAULT =
      new Settings(Duration.ofMinutes(1), Duration.ofSeconds(30), 5, 0, 1);
}
