package dev.statelessmcp.transport;

import dev.statelessmcp.json.Json;
import java.lang.System.Logger.Level;

/**
 * Writes failures to the logger {@code dev.statelessmcp}. Line breaks and control characters in
 * messages of exceptions are escaped, because a message may quote a peer.
 */
final class SystemLog {

  private SystemLog() {}

  /** Only an exhausted heap or stack is thrown. */
  static void failure(String message, Throwable failure) {
    System.Logger logger = System.getLogger("dev.statelessmcp");
    try {
      logger.log(Level.ERROR, message, safe(failure));
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) { // a user's exception may have a getMessage that fails
      logger.log(
          Level.ERROR,
          message + ": " + failure.getClass().getName() + ", whose text cannot be read because of "
              + e.getClass().getName());
    }
  }

  /**
   * Returns the failure, or a copy with escaped messages if its message or that of a cause needs
   * it.
   */
  private static Throwable safe(Throwable failure) {
    boolean safe = true;
    int depth = 0;
    for (Throwable each = failure; each != null && depth < 100; each = each.getCause()) {
      safe &= isSafe(each);
      for (Throwable suppressed : each.getSuppressed()) {
        safe &= isSafe(suppressed) && suppressed.getCause() == null;
      }
      depth++;
    }
    return safe && depth < 100 ? failure : new Escaped(failure, 0);
  }

  private static boolean isSafe(Throwable failure) {
    String text = String.valueOf(failure);
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '\\' && !isPrintable(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPrintable(char c) {
    return Json.printable(String.valueOf(c), 1).length() == 1;
  }

  /** A copy of a failure with an escaped message and the same stack trace. */
  private static final class Escaped extends Throwable {
    private static final long serialVersionUID = 1L;
    private static final int MOST_CAUSES = 20;

    private final String text;

    Escaped(Throwable failure, int depth) {
      super(
          failure.getMessage() == null
              ? null
              : Json.printable(failure.getMessage(), Integer.MAX_VALUE),
          failure.getCause() == null || depth == MOST_CAUSES
              ? null
              : new Escaped(failure.getCause(), depth + 1),
          true,
          true);
      text = Json.printable(String.valueOf(failure), Integer.MAX_VALUE);
      setStackTrace(failure.getStackTrace());
      for (Throwable suppressed : failure.getSuppressed()) {
        if (depth < MOST_CAUSES) {
          addSuppressed(new Escaped(suppressed, depth + 1));
        }
      }
    }

    @Override
    @SuppressWarnings(
        "OverrideThrowableToString") // the class that a logger shows is that of the failure
    public String toString() {
      return text;
    }
  }
}
