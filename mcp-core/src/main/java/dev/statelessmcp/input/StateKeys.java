package dev.statelessmcp.input;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that encrypt and authenticate the {@code requestState} that a client returns between two
 * rounds of questions (AES-256-GCM). The first key encrypts, and all keys decrypt. To replace a key
 * while calls are in progress, put the new key first, and remove the old one after the lifetime of
 * a state. All instances of a server need the same keys. Immutable and thread-safe.
 *
 * <pre>{@code
 * McpServer.named("shop", "1.0.0")
 *     .stateKeys(StateKeys.fromEnvironment("MCP_STATE_KEYS")) // made by: openssl rand -base64 32
 *     .tool(order)
 *     .build();
 * }</pre>
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
   * Reads keys from a string, such as the value of a secret.
   *
   * @param text one or more keys of 32 bytes in Base64, separated by commas; the first one
   *     encrypts; not null
   * @return the keys; never null
   * @throws IllegalArgumentException if the string is not of this form; the message contains no
   *     part of a key
   */
  public static StateKeys parse(String text) {
    List<Key> keys = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      byte[] bytes;
      try {
        bytes = Base64.getDecoder().decode(part.strip());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("a state key must be Base64", e);
      }
      keys.add(key(bytes));
    }
    return new StateKeys(List.copyOf(keys));
  }

  /**
   * Reads keys from an environment variable.
   *
   * @param variable the name, such as {@code MCP_STATE_KEYS}; its value is as for {@link #parse};
   *     not null
   * @return the keys; never null
   * @throws IllegalStateException if the variable is not set or its value is not of this form; the
   *     message names the variable and contains no part of a key
   */
  public static StateKeys fromEnvironment(String variable) {
    return from(System.getenv(), variable);
  }

  static StateKeys from(Map<String, String> environment, String variable) {
    String text = environment.get(variable);
    if (text == null || text.isBlank()) {
      throw new IllegalStateException(
          variable + " is not set; set it to the state keys, made by: openssl rand -base64 32");
    }
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(variable + ": " + e.getMessage(), e);
    }
  }

  /**
   * Creates a random key. Other processes, and this one after a restart, refuse the states that
   * were encrypted with it.
   *
   * @return new keys; never null
   */
  public static StateKeys ofThisProcess() {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new StateKeys(List.of(key(bytes)));
  }

  private static Key key(byte[] bytes) {
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "a state key must have " + KEY_BYTES + " bytes, had " + bytes.length);
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new Key(Arrays.copyOf(digest, ID_BYTES), new SecretKeySpec(bytes, "AES"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Encrypts and authenticates a state. Not part of the API: for the engine.
   *
   * @param plain the state; not null
   * @param binding the request that the state is valid for; not null
   * @return Base64url without padding
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
      return encoded(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  private static String encoded(byte[] all) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  /**
   * Decrypts a state. Not part of the API: for the engine.
   *
   * @param sealed the text that the client returned; not null
   * @param binding the request that the state must be valid for; not null
   * @return the state; empty if it was changed, or encrypted by another key or for another request
   */
  public Optional<byte[]> open(String sealed, byte[] binding) {
    byte[] all;
    try {
      all = Base64.getUrlDecoder().decode(sealed);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    // Several Base64 texts decode to the same bytes; accept only the one that was sent
    if (!encoded(all).equals(sealed)) {
      return Optional.empty();
    }
    if (all.length < ID_BYTES + NONCE_BYTES + TAG_BITS / 8) {
      return Optional.empty();
    }
    byte[] id = Arrays.copyOf(all, ID_BYTES);
    byte[] nonce = Arrays.copyOfRange(all, ID_BYTES, ID_BYTES + NONCE_BYTES);
    for (Key key : keys) {
      if (MessageDigest.isEqual(key.id, id)) {
        try {
          return Optional.of(cipher(Cipher.DECRYPT_MODE, key, nonce, binding)
              .doFinal(all, ID_BYTES + NONCE_BYTES, all.length - ID_BYTES - NONCE_BYTES));
        } catch (GeneralSecurityException e) {
          return Optional.empty(); // changed, or for another request
        }
      }
    }
    return Optional.empty();
  }

  private static Cipher cipher(int mode, Key key, byte[] nonce, byte[] binding)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key.secret, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(binding);
    return cipher;
  }
}
