package dev.statelessmcp.examples.benchmarks.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** What counts as flat. */
class SamplesTest {
  private static final long MEBI = 1 << 20;

  private static boolean areFlat(int count, IntFunction<Usage> usage) {
    Samples samples = new Samples("test");
    for (int i = 0; i < count; i++) {
      samples.add(usage.apply(i));
    }
    return samples.areFlat();
  }

  @Test
  void constantValuesAreFlatAfterAnyStart() {
    assertTrue(areFlat(40, i -> new Usage((i < 10 ? i : 10 + i % 2) * MEBI, 30 + i % 3, 20)));
    assertTrue(areFlat(40, i -> i == 30 ? new Usage(90 * MEBI, 90, 90) : new Usage(MEBI, 9, 9)));
  }

  @Test
  void growingValuesAreNotFlat() {
    assertFalse(areFlat(40, i -> new Usage(i * MEBI, 30, 20)));
    assertFalse(areFlat(40, i -> new Usage(MEBI, 30 + i, 20)));
    assertFalse(areFlat(40, i -> new Usage(MEBI, 30, 20 + i)));
  }

  @Test
  void fewSamplesProveNothing() {
    assertFalse(areFlat(7, i -> new Usage(MEBI, 30, 20)));
  }

  @Test
  void usageIsReadAsItWasWritten() {
    Usage usage = new Usage(1, 2, 3);
    assertEquals(usage, Usage.parse(usage.toString()));
  }
}
