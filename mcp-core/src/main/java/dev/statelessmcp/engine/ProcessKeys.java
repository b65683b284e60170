package dev.statelessmcp.engine;

import dev.statelessmcp.input.StateKeys;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates keys for this process when they are first needed, and logs a warning once. */
final class ProcessKeys implements Supplier<StateKeys> { // cold start
  private @Nullable StateKeys keys;

  @Override
  public synchronized StateKeys get() {
    if (keys == null) {
      keys = StateKeys.ofThisProcess();
      System.getLogger("dev.statelessmcp")
          .log(
              Level.WARNING,
              "No stateKeys are set: an answer that reaches another instance of this server, or"
                  + " this one after a restart, is refused");
    }
    return keys;
  }
}
