package dev.statelessmcp.task;

class InMemoryTaskStoreTest extends TaskStoreContract {
  private final TaskStore store = TaskStore.inMemory();

  @Override
  protected TaskStore store() {
    return store;
  }
}
