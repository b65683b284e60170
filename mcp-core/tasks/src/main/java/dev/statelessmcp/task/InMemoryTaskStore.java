package dev.statelessmcp.task;

import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.McpException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Stores records in the memory of this process. Expired records are removed when one is added.
 *
 * <p>A record stays until its task expires, even after the task has ended, and clients decide how
 * many records there are and how large they are. Their bytes are therefore limited: above the limit
 * no task can be created, and above twice the limit existing tasks cannot store more values.
 */
final class InMemoryTaskStore implements TaskStore {
  /** The approximate size, in bytes, of the objects around the data of a record. */
  private static final int OVERHEAD = 400;

  private final long most;
  private final Map<String, TaskRecord> records = new HashMap<>();
  private long bytes;
  private @Nullable SortedSet<TaskRecord> byExpiry; // created with the first record: cold start

  /**
   * Creates a store.
   *
   * @param most the number of bytes above which no task can be created
   */
  InMemoryTaskStore(long most) {
    this.most = most;
  }

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
    if (bytes + size(record) > (TaskRequests.isId(record.key()) ? most : 2 * most)) {
      throw new McpException(
              ErrorCode.INTERNAL_ERROR,
              "The memory for tasks is full; try again when tasks have expired")
          .http(503, Map.of("Retry-After", "60"));
    }
    put(record);
    return true;
  }

  private static long size(TaskRecord record) {
    return (long) OVERHEAD + record.key().length() + record.data().length;
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
    remove(stored);
    put(record);
    return true;
  }

  @Override
  public synchronized void delete(String key) {
    TaskRecord stored = records.get(key);
    if (stored != null) {
      remove(stored);
    }
  }

  @Override
  public int maxBytes() {
    return Integer.MAX_VALUE;
  }

  private void put(TaskRecord record) {
    records.put(record.key(), record);
    byExpiry().add(record);
    bytes += size(record);
  }

  private void remove(TaskRecord record) {
    records.remove(record.key());
    byExpiry().remove(record);
    bytes -= size(record);
  }

  private void dropExpired() {
    SortedSet<TaskRecord> all = byExpiry();
    while (!all.isEmpty() && isExpired(all.first())) {
      remove(all.first());
    }
  }

  private static boolean isExpired(TaskRecord record) {
    return !record.expiresAt().isAfter(Instant.now());
  }
}
