package dev.statelessmcp.task;

import java.io.IOException;
import java.util.Optional;
import java.util.Random;

/** A store whose operations fail, take time, or take effect without an answer, as a seed says. */
public final class FaultyStore implements TaskStore {
  private final TaskStore store;
  private final Random random;

  /**
   * Wraps a store.
   *
   * @param store keeps the records
   * @param seed decides what fails
   */
  public FaultyStore(TaskStore store, long seed) {
    this.store = store;
    this.random = new Random(seed);
  }

  private int percent() {
    synchronized (random) {
      return random.nextInt(100);
    }
  }

  /** What happens before an operation: nothing, a delay, or a failure. */
  private void before() throws IOException {
    int percent = percent();
    if (percent < 4) {
      throw new IOException("chaos: an operation is lost");
    }
    if (percent < 10) {
      try {
        Thread.sleep(percent * 20L);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("chaos: interrupted", e);
      }
    }
  }

  private void after() throws IOException {
    if (percent() < 4) {
      throw new IOException("chaos: an answer is lost");
    }
  }

  @Override
  public boolean create(TaskRecord record) throws IOException {
    before();
    boolean created = store.create(record);
    after();
    return created;
  }

  @Override
  public Optional<TaskRecord> read(String key) throws IOException {
    before();
    return store.read(key);
  }

  @Override
  public boolean replace(TaskRecord record) throws IOException {
    before();
    boolean replaced = store.replace(record);
    after();
    return replaced;
  }

  @Override
  public void delete(String key) throws IOException {
    before();
    store.delete(key);
    after();
  }

  @Override
  public int maxBytes() {
    return 16 << 10;
  }
}
