package dev.statelessmcp.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.statelessmcp.http.io.Sweep;
import dev.statelessmcp.testing.SilentLog;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SilentLog.class)
class SweepTest {

  /** A timer that stops would leave every slow client, and every silent stream, alone for ever. */
  @Test
  void oneThatFailsDoesNotKeepTheTimerFromTheOthers() {
    Sweep sweep = new Sweep();
    AtomicInteger checked = new AtomicInteger();
    for (int i = 0; i < 8; i++) {
      boolean fails = i % 2 == 0;
      sweep.add(now -> {
        checked.incrementAndGet();
        if (fails) {
          throw new LinkageError("a check fails");
        }
      });
    }
    sweep.run();
    sweep.run();
    assertEquals(16, checked.get());
  }
}
