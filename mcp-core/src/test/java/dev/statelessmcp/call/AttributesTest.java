package dev.statelessmcp.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttributesTest {

  @Test
  void areFoundByExactlyTheirType() {
    Attributes attributes = Attributes.NONE.with(CharSequence.class, "text").with(Integer.class, 5);
    assertEquals(Optional.of("text"), attributes.get(CharSequence.class));
    assertEquals(Optional.of(5), attributes.get(Integer.class));
    assertEquals(Optional.empty(), attributes.get(String.class));
    assertEquals(Optional.empty(), attributes.get(Number.class));
    assertEquals(Optional.empty(), Attributes.NONE.get(Object.class));
  }

  @Test
  void aLaterOneHidesAnEarlierOneAndChangesItNot() {
    Attributes first = Attributes.NONE.with(String.class, "a");
    Attributes second = first.with(String.class, "b");
    assertEquals("b", second.get(String.class).orElseThrow());
    assertEquals("a", first.get(String.class).orElseThrow());
  }

  @Test
  void nullIsNone() {
    Attributes first = Attributes.NONE.with(String.class, "a");
    assertSame(first, first.with(String.class, null));
    assertThrows(NullPointerException.class, () -> first.with(null, "x"));
  }
}
