package dev.statelessmcp.task;

import java.io.IOException;
import java.util.Optional;

/**
 * Stores tasks: values by key, each with a version. Implementations must be safe for use by several
 * threads and processes.
 *
 * <p>Four properties are required. A read sees every write that ended before it began, by any
 * process. {@link #create} and {@link #replace} are atomic. An expired value does not exist. An
 * operation that throws may have taken effect or not, but at most once, and not long after it has
 * thrown.
 *
 * <p>The test suite {@code TaskStoreContract} in the tests of {@code mcp-tasks} checks a store.
 */
public interface TaskStore {

  /**
   * Stores a value under a key that has no value.
   *
   * @param record the value; its version is 1; not null
   * @return false if the key already has a value, which is not changed
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
   * @return false if the stored version is not one less than that of the record; the stored value
   *     is then not changed
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
   * The maximum size of the data of a record. Larger data is split into several records.
   *
   * @return in bytes, at least 16 KiB
   */
  int maxBytes();

  /**
   * Creates a store in the memory of this process. Its tasks end with the process, and other
   * processes do not see them. When they use a quarter of the maximum heap, new tasks are refused
   * with status 503.
   *
   * @return a new store
   */
  static TaskStore inMemory() {
    return new InMemoryTaskStore(Runtime.getRuntime().maxMemory() / 4);
  }
}
