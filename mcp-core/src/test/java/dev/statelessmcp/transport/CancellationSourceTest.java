package dev.statelessmcp.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.subscription.Registration;
import dev.statelessmcp.testing.SilentLog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Actions of handlers, which may fail in any way, run on threads of the transport. */
@ExtendWith(SilentLog.class)
class CancellationSourceTest {
  private final CancellationSource source = new CancellationSource();
  private final List<String> ran = new ArrayList<>();

  private Registration failing(Throwable failure) {
    return source.onCancel(() -> {
      ran.add("failing");
      CancellationSourceTest.<RuntimeException>sneak(failure);
    });
  }

  @SuppressWarnings("unchecked") // as other languages of the JVM throw
  private static <E extends Throwable> void sneak(Throwable failure) throws E {
    throw (E) failure;
  }

  @Test
  void failureOfOneActionDoesNotStopTheOthers() {
    failing(new IllegalStateException("broken"));
    failing(new NoClassDefFoundError("broken"));
    failing(new StackOverflowError());
    failing(new Exception("checked"));
    source.onCancel(() -> ran.add("last"));
    source.cancel();
    assertEquals(List.of("failing", "failing", "failing", "failing", "last"), ran);
    assertTrue(source.isCancelled());
  }

  @Test
  void failureOfAnActionThatRunsAtOnceIsNotThrownEither() {
    source.cancel();
    failing(new IllegalStateException("broken")).close();
    failing(new NoClassDefFoundError("broken")).close();
    assertEquals(List.of("failing", "failing"), ran);
  }

  @Test
  void actionsRunAfterTheWriteThatIsUnderWay() {
    source.onCancel(() -> ran.add("before"));
    source.uninterrupted(() -> source.uninterrupted(() -> {
      source.cancel();
      assertTrue(source.isCancelled());
      source.onCancel(() -> ran.add("meanwhile"));
      source.onCancel(() -> ran.add("removed")).close();
      ran.add("written");
    }));
    source.onCancel(() -> ran.add("behind"));
    source.uninterrupted(() -> ran.add("written again"));
    assertEquals(List.of("written", "before", "meanwhile", "behind", "written again"), ran);
  }

  @Test
  void actionThatWasRemovedDoesNotRun() {
    Registration removed = source.onCancel(() -> ran.add("removed"));
    removed.close();
    removed.close();
    source.cancel();
    source.cancel();
    assertEquals(List.of(), ran);
  }
}
