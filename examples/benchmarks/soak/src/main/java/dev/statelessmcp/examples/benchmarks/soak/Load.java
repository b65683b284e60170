package dev.statelessmcp.examples.benchmarks.soak;

import java.io.IOException;
import java.util.Random;

/** A client that runs one step after the other. Not thread-safe. */
interface Load extends AutoCloseable {

  /**
   * Runs a random step, and checks its result.
   *
   * @throws Exception if the server does not do what it should
   */
  void step(Random random) throws Exception;

  /** The resources that the server uses now. */
  Usage measure() throws Exception;

  @Override
  void close() throws IOException;

  /** Throws an exception if a condition is false. */
  static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException(what.length() > 500 ? what.substring(0, 500) : what);
    }
  }
}
