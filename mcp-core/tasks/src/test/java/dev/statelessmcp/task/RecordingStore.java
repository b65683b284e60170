package dev.statelessmcp.task;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A store in memory with small records, which knows its keys, and fails as it is told. */
final class RecordingStore implements TaskStore {
  static final int MAX_BYTES = 16 << 10;

  private final TaskStore store = TaskStore.inMemory();
  private final Set<String> keys = new TreeSet<>();
  private int largest;

  /** Decides on each write whether it fails, and whether it takes effect then. */
  interface Failure {
    Failure NEVER = write -> Outcome.DONE;

    Outcome of(TaskRecord write) throws IOException;
  }

  enum Outcome {
    DONE,
    LOST,
    DONE_WITHOUT_ANSWER
  }

  volatile Failure failure = Failure.NEVER;

  synchronized Set<String> keys() {
    return new TreeSet<>(keys);
  }

  synchronized int largest() {
    return largest;
  }

  private interface Write {
    boolean run() throws IOException;
  }

  private boolean write(TaskRecord record, Write write) throws IOException {
    Outcome outcome = failure.of(record);
    if (outcome == Outcome.LOST) {
      throw new IOException("the test loses a write");
    }
    boolean written = write.run();
    synchronized (this) {
      keys.add(record.key());
      largest = Math.max(largest, record.data().length);
    }
    if (outcome == Outcome.DONE_WITHOUT_ANSWER) {
      throw new IOException("the test loses an answer");
    }
    return written;
  }

  @Override
  public boolean create(TaskRecord record) throws IOException {
    return write(record, () -> store.create(record));
  }

  @Override
  public Optional<TaskRecord> read(String key) throws IOException {
    return store.read(key);
  }

  @Override
  public boolean replace(TaskRecord record) throws IOException {
    return write(record, () -> store.replace(record));
  }

  @Override
  public void delete(String key) throws IOException {
    store.delete(key);
    synchronized (this) {
      keys.remove(key);
    }
  }

  @Override
  public int maxBytes() {
    return MAX_BYTES;
  }
}
