package dev.statelessmcp.task;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Stores records in the memory of this process. Expired records are removed when one is added. */
final class InMemoryTaskStore implements TaskStore {
  private final Map<String, TaskRecord> records = new HashMap<>();
  private @Nullable SortedSet<TaskRecord> byExpiry; // created with the first record: cold start

  private SortedSet<TaskRecord> byExpiry() {
    SortedSet<TaskRecord> made = byExpiry;
    if (made == null) {
      made =
          new TreeSet<>(Comparator.comparing(TaskRecord::expiresAt).thenComparing(TaskRecord::key));
      byExpiry = made;
    }
    return made;
  }

  @Override
  public synchronized boolean create(TaskRecord record) {
    dropExpired();
    if (records.containsKey(record.key())) {
      return false;
    }
    put(record);
    return true;
  }

  @Override
  public synchronized Optional<TaskRecord> read(String key) {
    TaskRecord record = records.get(key);
    return record == null || isExpired(record) ? Optional.empty() : Optional.of(record);
  }

  @Override
  public synchronized boolean replace(TaskRecord record) {
    TaskRecord stored = records.get(record.key());
    if (stored == null || isExpired(stored) || stored.version() != record.version() - 1) {
      return false;
    }
    byExpiry().remove(stored);
    put(record);
    return true;
  }

  @Override
  public synchronized void delete(String key) {
    TaskRecord stored = records.remove(key);
    if (stored != null) {
      byExpiry().remove(stored);
    }
  }

  @Override
  public int maxBytes() {
    return Integer.MAX_VALUE;
  }

  private void put(TaskRecord record) {
    records.put(record.key(), record);
    byExpiry().add(record);
  }

  private void dropExpired() {
    SortedSet<TaskRecord> all = byExpiry();
    while (!all.isEmpty() && isExpired(all.first())) {
      TaskRecord first = all.first();
      all.remove(first);
      records.remove(first.key());
    }
  }

  private static boolean isExpired(TaskRecord record) {
    return !record.expiresAt().isAfter(Instant.now());
  }
}
