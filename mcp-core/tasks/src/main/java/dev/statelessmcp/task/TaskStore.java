package dev.statelessmcp.task;

import java.io.IOException;
import java.util.Optional;

/**
 * Where tasks are kept: values by key, each with a version. Implementations are safe from any
 * number of threads and processes.
 *
 * <p>Four properties are needed. A read sees every write that ended before it began, wherever that
 * was made. {@link #create} and {@link #replace} are atomic. A value that has expired is not there.
 * And an operation that throws may have taken effect or not, but at most once, and not later than
 * some time after it has thrown.
 *
 * <p>The test suite {@code TaskStoreContract} in the tests of {@code mcp-tasks} checks a store.
 */
public interface TaskStore {

  /**
   * Stores a value under a key that has none.
   *
   * @param record the value; its version is 1; not null
   * @return false if the key has a value already; nothing is changed then
   * @throws IOException if the store fails; the value may have been stored
   */
  boolean create(TaskRecord record) throws IOException;

  /**
   * Reads the value of a key, consistently.
   *
   * @param key the key; not null
   * @return the value; empty if there is none, or it has expired
   * @throws IOException if the store fails
   */
  Optional<TaskRecord> read(String key) throws IOException;

  /**
   * Replaces a value by its next version.
   *
   * @param record the new value; not null
   * @return false unless the stored version is one less than that of the record; nothing is changed
   *     then
   * @throws IOException if the store fails; the value may have been replaced
   */
  boolean replace(TaskRecord record) throws IOException;

  /**
   * Deletes the value of a key, if there is one.
   *
   * @param key the key; not null
   * @throws IOException if the store fails; the value may have been deleted
   */
  void delete(String key) throws IOException;

  /**
   * The largest data of one record. What is larger is split into several records.
   *
   * @return in bytes, at least 16 KiB
   */
  int maxBytes();

  /**
   * Creates a store in the memory of this process. Its tasks end with the process, and other
   * processes do not see them. When they take a quarter of the largest heap, new ones are refused
   * with status 503.
   *
   * @return a new store
   */
  static TaskStore inMemory() {
    return new InMemoryTaskStore(Runtime.getRuntime().maxMemory() / 4);
  }
}
