package dev.statelessmcp.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateKeysTest {
  private static final byte[] PLAIN = bytes("a plain text");
  private static final byte[] BINDING = bytes("binding");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String key(int fill) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) fill);
    return Base64.getEncoder().encodeToString(key);
  }

  @Test
  void sealedStateIsOpened() {
    StateKeys keys = StateKeys.parse(key(1));
    assertArrayEquals(PLAIN, keys.open(keys.seal(PLAIN, BINDING), BINDING).orElseThrow());
    assertArrayEquals(
        new byte[0], keys.open(keys.seal(new byte[0], BINDING), BINDING).orElseThrow());
  }

  @Test
  void sealedTextFitsIntoJsonAndTellsNothing() {
    StateKeys keys = StateKeys.ofThisProcess();
    String one = keys.seal(PLAIN, BINDING);
    assertTrue(one.matches("[A-Za-z0-9_-]+"), one);
    assertNotEquals(one, keys.seal(PLAIN, BINDING));
    byte[] raw = Base64.getUrlDecoder().decode(one);
    assertFalse(new String(raw, StandardCharsets.ISO_8859_1).contains("plain"));
  }

  @Test
  void everyChangedByteIsNoticed() {
    StateKeys keys = StateKeys.parse(key(1));
    byte[] raw = Base64.getUrlDecoder().decode(keys.seal(PLAIN, BINDING));
    for (int i = 0; i < raw.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = raw.clone();
        changed[i] ^= (byte) (1 << bit);
        assertNull(open(keys, changed), "byte " + i);
      }
      assertNull(open(keys, Arrays.copyOf(raw, i)), "cut at " + i);
    }
    assertNull(open(keys, Arrays.copyOf(raw, raw.length + 1)));
  }

  private static byte[] open(StateKeys keys, byte[] raw) {
    return keys.open(Base64.getUrlEncoder().withoutPadding().encodeToString(raw), BINDING)
        .orElse(null);
  }

  /**
   * Base64 has other texts for the same bytes: with padding, and with bits behind the last byte.
   */
  @Test
  void onlyTheTextThatWasSealedIsOpened() {
    StateKeys keys = StateKeys.parse(key(1));
    int changed = 0;
    for (int length = 0; length < 3; length++) {
      String sealed = keys.seal(new byte[length], BINDING);
      byte[] raw = Base64.getUrlDecoder().decode(sealed);
      assertArrayEquals(new byte[length], keys.open(sealed, BINDING).orElseThrow());
      String start = sealed.substring(0, sealed.length() - 1);
      for (char c = '-'; c <= 'z'; c++) {
        String other = start + c;
        if (!other.equals(sealed)) {
          assertTrue(keys.open(other, BINDING).isEmpty(), other);
          changed += isSame(other, raw) ? 1 : 0;
        }
      }
      for (String padding : List.of("=", "==")) {
        assertTrue(keys.open(sealed + padding, BINDING).isEmpty());
      }
    }
    assertEquals(15 + 3, changed, "texts of the same bytes");
  }

  private static boolean isSame(String text, byte[] raw) {
    try {
      return Arrays.equals(raw, Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "AAAA", "***", "null", "=", "\u00e9"})
  void textThatWasNotSealedIsNotOpened(String text) {
    assertTrue(StateKeys.parse(key(1)).open(text, BINDING).isEmpty());
  }

  @Test
  void bindingMustBeTheSame() {
    StateKeys keys = StateKeys.parse(key(1));
    String sealed = keys.seal(PLAIN, BINDING);
    assertTrue(keys.open(sealed, bytes("bindinG")).isEmpty());
    assertTrue(keys.open(sealed, new byte[0]).isEmpty());
  }

  @Test
  void foreignKeyOpensNothing() {
    String sealed = StateKeys.parse(key(1)).seal(PLAIN, BINDING);
    assertTrue(StateKeys.parse(key(2)).open(sealed, BINDING).isEmpty());
    assertTrue(StateKeys.ofThisProcess().open(sealed, BINDING).isEmpty());
    assertArrayEquals(PLAIN, StateKeys.parse(key(1)).open(sealed, BINDING).orElseThrow());
  }

  @Test
  void firstKeySealsAndAllOpen() {
    StateKeys old = StateKeys.parse(key(1));
    StateKeys both = StateKeys.parse(key(2) + ", " + key(1));
    StateKeys young = StateKeys.parse(key(2));
    assertArrayEquals(PLAIN, both.open(old.seal(PLAIN, BINDING), BINDING).orElseThrow());
    assertArrayEquals(PLAIN, young.open(both.seal(PLAIN, BINDING), BINDING).orElseThrow());
    assertTrue(old.open(both.seal(PLAIN, BINDING), BINDING).isEmpty());
    assertTrue(young.open(old.seal(PLAIN, BINDING), BINDING).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "c2hvcnQ=", "***", ","})
  void badKeysAreRefusedWithoutTellingThem(String text) {
    String message = assertThrows(IllegalArgumentException.class, () -> StateKeys.parse(text))
        .getMessage();
    assertTrue(text.length() < 2 || !message.contains(text), message);
  }

  @Test
  void badKeyBehindAGoodOneIsRefusedWithoutTellingEither() {
    String text = key(1) + ",c2hvcnQ=";
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> StateKeys.parse(text));
    assertEquals("a state key must have 32 bytes, had 5", e.getMessage());
    Object keys = StateKeys.parse(key(1));
    assertFalse(keys.toString().contains(key(1)));
  }

  /** The message of Base64's own exception has a character of the key in it. */
  @Test
  void causeDoesNotTellTheKeyEither() {
    Throwable e = assertThrows(
        IllegalArgumentException.class, () -> StateKeys.parse("abc$" + key(1).substring(4)));
    for (Throwable t = e; t != null; t = t.getCause()) {
      assertFalse(String.valueOf(t.getMessage()).matches(".*[A-Za-z0-9+/]{10,}=.*"), t.toString());
    }
  }

  @Test
  void comeFromAVariable() {
    StateKeys keys = StateKeys.from(Map.of("MCP_STATE_KEYS", key(1)), "MCP_STATE_KEYS");
    assertArrayEquals(
        PLAIN, StateKeys.parse(key(1)).open(keys.seal(PLAIN, BINDING), BINDING).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "c2VjcmV0", "no_base64", ",", "c2VjcmV0,c2VjcmV0"})
  void invalidVariableFailsByNameWithoutItsValue(String value) {
    IllegalStateException e = assertThrows(
        IllegalStateException.class, () -> StateKeys.from(Map.of("THE_KEYS", value), "THE_KEYS"));
    assertTrue(e.getMessage().contains("THE_KEYS"), e.getMessage());
    assertTrue(value.length() < 2 || !e.getMessage().contains(value), e.getMessage());
  }

  @Test
  void aVariableThatIsNotSetFailsByItsName() {
    IllegalStateException e = assertThrows(
        IllegalStateException.class, () -> StateKeys.fromEnvironment("NO_SUCH_VARIABLE_HERE"));
    assertTrue(e.getMessage().contains("NO_SUCH_VARIABLE_HERE is not set"), e.getMessage());
  }
}
