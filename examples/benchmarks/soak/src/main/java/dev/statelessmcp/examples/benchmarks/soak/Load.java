package dev.statelessmcp.examples.benchmarks.soak;

import java.io.IOException;
import java.util.Random;

/** A client that does one thing after the other. For one thread. */
interface Load extends AutoCloseable {

  /**
   * Does one thing by chance, and checks what comes of it.
   *
   * @throws Exception if the server does not do what it should
   */
  void step(Random random) throws Exception;

  /** What the server uses now. */
  Usage measure() throws Exception;

  @Override
  void close() throws IOException;

  /** Fails unless something holds. */
  static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException(what.length() > 500 ? what.substring(0, 500) : what);
    }
  }
}
