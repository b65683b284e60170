package dev.statelessmcp.lambda;

import java.math.BigDecimal;

/**
 * Work of the JDK that needs nothing of ours, on a thread of its own while the server is made: the
 * tables of {@link BigDecimal}, which Jackson's parser wants, are 6 ms of a cold start on JDK 25.
 * Lambda has two processors for a function that is being initialised.
 *
 * <p>Only for classes of the JDK: those of a function come from a class loader that has one lock.
 */
final class HeadStart extends Thread {

  private HeadStart() {
    super("mcp-head-start");
    setDaemon(true);
  }

  static void begin() {
    new HeadStart().start();
  }

  @Override
  public void run() {
    BigDecimal unused = BigDecimal.valueOf(1);
  }
}
