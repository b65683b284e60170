package dev.statelessmcp.task;

import java.time.Instant;
import java.util.Objects;

/**
 * A value in a {@link TaskStore}. Immutable, provided that the bytes are not changed.
 *
 * @param key 1 to 200 of the characters {@code A-Z a-z 0-9 _ - .}; not null
 * @param version 1 when it is created, incremented each time it is replaced
 * @param expiresAt when it expires; in whole seconds; not null
 * @param data JSON in UTF-8 in a private format of this library; not null, must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // records are never compared
public record TaskRecord(String key, long version, Instant expiresAt, byte[] data) {

  /**
   * Checks that nothing is null.
   *
   * @param key the key
   * @param version the version
   * @param expiresAt when it expires
   * @param data the data
   */
  public TaskRecord {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(expiresAt, "expiresAt");
    Objects.requireNonNull(data, "data");
  }
}
