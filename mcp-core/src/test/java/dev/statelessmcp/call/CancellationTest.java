package dev.statelessmcp.call;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.subscription.Registration;
import dev.statelessmcp.transport.CancellationSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancellationTest {
  private final CancellationSource cancellation = new CancellationSource();
  private final List<String> ran = new ArrayList<>();

  @Test
  void listenersRunOnceAndInOrder() {
    cancellation.onCancel(() -> ran.add("a"));
    cancellation.onCancel(() -> ran.add("b"));
    assertFalse(cancellation.isCancelled());
    assertDoesNotThrow(cancellation::throwIfCancelled);
    assertEquals(List.of(), ran);
    cancellation.cancel();
    cancellation.cancel();
    assertEquals(List.of("a", "b"), ran);
    assertTrue(cancellation.isCancelled());
    assertThrows(CancellationException.class, cancellation::throwIfCancelled);
  }

  @Test
  void lateListenerRunsAtOnce() {
    cancellation.cancel();
    cancellation.onCancel(() -> ran.add("late")).close();
    assertEquals(List.of("late"), ran);
  }

  @Test
  void listenerThatWasTakenBackDoesNotRun() {
    Registration a = cancellation.onCancel(() -> ran.add("a"));
    cancellation.onCancel(() -> ran.add("b"));
    a.close();
    a.close();
    cancellation.cancel();
    assertEquals(List.of("b"), ran);
  }

  @Test
  void closingARegistrationTwiceTakesOnlyItsOwnActionBack() {
    Runnable action = () -> ran.add("x");
    Registration first = cancellation.onCancel(action);
    cancellation.onCancel(action);
    first.close();
    first.close();
    cancellation.cancel();
    assertEquals(List.of("x"), ran);
  }

  @Test
  void listenerMaySeeThatTheCallIsCancelledAndAddAnother() {
    cancellation.onCancel(() -> {
      ran.add("cancelled " + cancellation.isCancelled());
      cancellation.onCancel(() -> ran.add("inner"));
    });
    cancellation.cancel();
    assertEquals(List.of("cancelled true", "inner"), ran);
  }

  @Test
  void listenerThatFailsNeitherKeepsOthersFromRunningNorReachesWhoCancels() {
    cancellation.onCancel(() -> {
      throw new IllegalStateException("mine");
    });
    cancellation.onCancel(() -> ran.add("b"));
    assertDoesNotThrow(cancellation::cancel);
    assertEquals(List.of("b"), ran);
  }

  @Test
  void everyListenerRunsExactlyOnceHoweverManyThreadsCancelAndListen() throws Exception {
    int threads = 16;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (int round = 0; round < 50; round++) {
        CancellationSource shared = new CancellationSource();
        AtomicInteger runs = new AtomicInteger();
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          boolean cancels = i % 4 == 0;
          done.add(pool.submit(() -> {
            start.await();
            if (cancels) {
              shared.cancel();
            }
            shared.onCancel(runs::incrementAndGet);
            return null;
          }));
        }
        for (Future<?> each : done) {
          each.get();
        }
        assertEquals(threads, runs.get());
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
