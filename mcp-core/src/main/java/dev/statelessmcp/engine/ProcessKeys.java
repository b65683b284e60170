package dev.statelessmcp.engine;

import dev.statelessmcp.input.StateKeys;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes keys for this process when they are first needed, and warns once what that means. */
final class ProcessKeys implements Supplier<StateKeys> { // cold start
  private @Nullable StateKeys keys;

  @Override
  public synchronized StateKeys get() {
    if (keys == null) {
      keys = StateKeys.ofThisProcess();
      System.getLogger("dev.statelessmcp")
          .log(
              Level.WARNING,
              "no stateKeys are set: an answer that reaches another instance of this server, or"
                  + " this one after a restart, is refused");
    }
    return keys;
  }
}
