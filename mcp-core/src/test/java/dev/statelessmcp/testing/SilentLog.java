package dev.statelessmcp.testing;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Switches the log of the library off during the tests of a class. For classes whose tools fail on
 * purpose: their stack traces would look like failing tests.
 *
 * <pre>
 * &#64;ExtendWith(SilentLog.class)
 * class SomeTest {
 * </pre>
 */
public final class SilentLog implements BeforeAllCallback, AfterAllCallback {
  /** Held so that the logger is not collected together with its level. */
  private static final Logger LOG = Logger.getLogger("dev.statelessmcp");

  @Override
  public void beforeAll(ExtensionContext context) {
    LOG.setLevel(Level.OFF);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    LOG.setLevel(null);
  }
}
