package dev.statelessmcp.input;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that seal what a client carries from one round of questions to the next: AES-256-GCM.
 * The first key seals, all of them open, so that keys can be changed while calls are under way.
 * Every instance of a server needs the same keys. Immutable and safe from any number of threads.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/mrtr#server-requirements-basic-workflow">"servers
 *     MUST protect its integrity (e.g. HMAC or AEAD)"</a>
 */
public final class StateKeys {
  private static final int KEY_BYTES = 32;
  private static final int ID_BYTES = 4;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final List<Key> keys;

  private static final class Key {
    private final byte[] id;
    private final SecretKeySpec secret;

    Key(byte[] id, SecretKeySpec secret) {
      this.id = id;
      this.secret = secret;
    }
  }

  private StateKeys(List<Key> keys) {
    this.keys = keys;
  }

  /**
   * Keys from a text, such as the value of an environment variable or of a secret.
   *
   * @param text one or more keys of 32 bytes in Base64, separated by commas; the first one seals
   * @return the keys
   * @throws IllegalArgumentException if it is not of that form; the message has no part of a key
   */
  public static StateKeys parse(String text) {
    List<Key> keys = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      byte[] bytes;
      try {
        bytes = Base64.getDecoder().decode(part.strip());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("a state key is no Base64", e);
      }
      keys.add(key(bytes));
    }
    return new StateKeys(List.copyOf(keys));
  }

  /**
   * Keys from an environment variable.
   *
   * @param variable such as {@code MCP_STATE_KEYS}; its value as for {@link #parse}; not null
   * @return the keys
   * @throws IllegalStateException if the variable is not set or not of that form; the message names
   *     it and has no part of a key
   */
  public static StateKeys fromEnvironment(String variable) {
    return from(System.getenv(), variable);
  }

  static StateKeys from(Map<String, String> environment, String variable) {
    String text = environment.get(variable);
    if (text == null || text.isBlank()) {
      throw new IllegalStateException(
          variable + " is not set; it holds the state keys, such as openssl rand -base64 32 makes");
    }
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(variable + ": " + e.getMessage(), e);
    }
  }

  /**
   * A key that only this process has: another instance, or this one after a restart, cannot go on
   * with what it has begun.
   *
   * @return new keys
   */
  public static StateKeys ofThisProcess() {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new StateKeys(List.of(key(bytes)));
  }

  private static Key key(byte[] bytes) {
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "a state key must have " + KEY_BYTES + " bytes, and has " + bytes.length);
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new Key(Arrays.copyOf(digest, ID_BYTES), new SecretKeySpec(bytes, "AES"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Seals a text.
   *
   * @param plain what to seal; not null
   * @param binding what it is only good for; not null
   * @return letters that fit into JSON
   */
  public String seal(byte[] plain, byte[] binding) {
    Key key = keys.get(0);
    byte[] nonce = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, binding).doFinal(plain);
      byte[] all = Arrays.copyOf(key.id, ID_BYTES + NONCE_BYTES + sealed.length);
      System.arraycopy(nonce, 0, all, ID_BYTES, NONCE_BYTES);
      System.arraycopy(sealed, 0, all, ID_BYTES + NONCE_BYTES, sealed.length);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  /**
   * Opens what was sealed.
   *
   * @param sealed what the client brought; not null
   * @param binding what it must be good for; not null
   * @return the text; null if it was not sealed with one of these keys for this, or was changed
   */
  public byte[] open(String sealed, byte[] binding) {
    byte[] all;
    try {
      all = Base64.getUrlDecoder().decode(sealed);
    } catch (IllegalArgumentException e) {
      return null;
    }
    if (all.length < ID_BYTES + NONCE_BYTES + TAG_BITS / 8) {
      return null;
    }
    byte[] id = Arrays.copyOf(all, ID_BYTES);
    byte[] nonce = Arrays.copyOfRange(all, ID_BYTES, ID_BYTES + NONCE_BYTES);
    for (Key key : keys) {
      if (MessageDigest.isEqual(key.id, id)) {
        try {
          return cipher(Cipher.DECRYPT_MODE, key, nonce, binding)
              .doFinal(all, ID_BYTES + NONCE_BYTES, all.length - ID_BYTES - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
          return null; // changed, or for something else
        }
      }
    }
    return null;
  }

  private static Cipher cipher(int mode, Key key, byte[] nonce, byte[] binding)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key.secret, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(binding);
    return cipher;
  }
}
