package dev.statelessmcp.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Limits the number of unfinished tasks of each caller, with one record for each caller that has
 * the ids of these tasks and their expiry. A place is taken before its task is created, so after a
 * crash in between the place is free again when it expires. Thread-safe.
 */
final class CallerQuota {
  /** The number of attempts; concurrent changes of one record conflict. */
  private static final int TRIES = 60;

  private final Ledger ledger;
  private final int most;

  CallerQuota(Ledger ledger, int most) {
    this.ledger = ledger;
    this.most = most;
  }

  /** Takes a place; returns false if there is none. */
  boolean take(String owner, String id, long expiresAtMillis) throws IOException {
    return most == 0 || change(key(owner), id, expiresAtMillis);
  }

  /** Frees a place. */
  void free(String owner, String id) throws IOException {
    if (most != 0) {
      change(key(owner), id, 0);
    }
  }

  private boolean change(String key, String id, long expiresAtMillis) throws IOException {
    for (int tried = 0; tried < TRIES; tried++) {
      TaskRecord record = ledger.readRecord(key);
      ObjectNode json = record == null ? Json.object() : Ledger.parse(record.data());
      ObjectNode tasks = json.withObjectProperty("tasks");
      long latest = dropExpired(tasks);
      if (expiresAtMillis == 0) {
        if (tasks.remove(id) == null) {
          return true;
        }
      } else if (tasks.size() >= most && !tasks.has(id)) {
        return false;
      } else {
        tasks.put(id, expiresAtMillis);
        latest = Math.max(latest, expiresAtMillis);
      }
      Instant expiresAt = Instant.ofEpochSecond(latest / 1000 + 1);
      boolean changed = record == null
          ? ledger.create(key, json, expiresAt)
          : ledger.replace(key, record.version() + 1, json, expiresAt);
      if (changed) {
        return true;
      }
      pause(tried);
    }
    throw new IOException("too many tasks of one caller begin or end concurrently");
  }

  /** Removes expired tasks; returns the time at which the last of the others expires. */
  private static long dropExpired(ObjectNode tasks) {
    long now = System.currentTimeMillis();
    long latest = now;
    Iterator<Map.Entry<String, JsonNode>> each = tasks.properties().iterator();
    while (each.hasNext()) {
      long expires = each.next().getValue().longValue();
      if (expires <= now) {
        each.remove();
      }
      latest = Math.max(latest, expires);
    }
    return latest;
  }

  /** Waits for a random time that grows with each attempt. */
  private static void pause(int tried) throws IOException {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(1, 40 + 4 * tried));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the tasks of a caller were counted", e);
    }
  }

  /** A hash of the caller, so that the keys of a table do not reveal names. */
  private static String key(String owner) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(owner.getBytes(StandardCharsets.UTF_8));
      StringBuilder key = new StringBuilder("caller.");
      for (byte each : digest) {
        key.append(Character.forDigit((each >> 4) & 0xf, 16));
        key.append(Character.forDigit(each & 0xf, 16));
      }
      return key.toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
