package dev.statelessmcp.task;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.extension.Extension;
import dev.statelessmcp.extension.ExtensionMethod;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one server: the extension {@code io.modelcontextprotocol/tasks}. Tools say by a
 * {@link TaskPolicy} which calls become tasks.
 *
 * <pre>{@code
 * McpServer server = Tasks.inMemory().build(McpServer.named("reports", "1.0.0")
 *     .tool(Tool.of("report", "Writes the report", Year.class, Reports::write)
 *         .apply(TaskPolicy.whenSupported())));
 * }</pre>
 *
 * <p>A task is kept in a {@link TaskStore} from before its creation is answered until it expires. A
 * run claims it for a time, the lease, and renews that as long as it works. If its process dies the
 * lease runs out, and the next request for the task starts it again: no process has to look after
 * the tasks of others. Only the newest run can change a task, so an older one that was frozen
 * writes nothing when it thaws.
 *
 * <p>The settings must be chosen before {@link #build}. Safe from any number of threads after it.
 *
 * @see <a href="https://github.com/modelcontextprotocol/ext-tasks">The extension</a>
 */
public final class Tasks {
  /** The identifier of the extension. */
  public static final String EXTENSION = "io.modelcontextprotocol/tasks";

  private static final long MOST_MILLIS = 1L << 52;

  private final TaskStore store;
  private final TaskExecutor executor;
  private Duration lease = Duration.ofSeconds(60);
  private int maxAttempts = 5;
  private int maxTasksPerCaller = 100;
  private int maxResultBytes = 4 << 20;
  private @Nullable McpServer server;
  private @Nullable TaskService service; // made by the first call that needs it: cold start

  private Tasks(TaskStore store, TaskExecutor executor) {
    this.store = Objects.requireNonNull(store, "store");
    this.executor = Objects.requireNonNull(executor, "executor");
  }

  /**
   * Creates tasks that are kept and run in this process, and end with it.
   *
   * @return the tasks of one server
   */
  public static Tasks inMemory() {
    return of(TaskStore.inMemory(), TaskExecutor.threads());
  }

  /**
   * Creates tasks.
   *
   * @param store where they are kept; not null
   * @param executor where they run; not null
   * @return the tasks of one server
   */
  public static Tasks of(TaskStore store, TaskExecutor executor) {
    return new Tasks(store, executor);
  }

  /**
   * Sets how long a run may be silent before another one may take its place: longer than a store is
   * ever unreachable, and shorter than a user waits after a crash. A run renews it after a third of
   * that time. A start may take as long, too, before it is repeated.
   *
   * @param time by default 60 seconds; at least 100 milliseconds
   * @return this
   * @throws IllegalArgumentException if it is less than 100 milliseconds
   */
  public Tasks lease(Duration time) {
    if (time.compareTo(Duration.ofMillis(100)) < 0) {
      throw new IllegalArgumentException("lease must be at least 100 ms, was " + time);
    }
    lease = time;
    return this;
  }

  /**
   * Sets how many runs of a task may end in a row without a result, a new step or a new question:
   * by a crash, or at the end of their invocation. The task is {@code failed} then, and its error
   * says why.
   *
   * @param runs by default 5; at least 1
   * @return this
   * @throws IllegalArgumentException if it is less than 1
   */
  public Tasks maxAttempts(int runs) {
    if (runs < 1) {
      throw new IllegalArgumentException("maxAttempts must be at least 1, was " + runs);
    }
    maxAttempts = runs;
    return this;
  }

  /**
   * Sets how many unfinished tasks a caller may have. All anonymous callers are one. A call beyond
   * the limit gets error 429.
   *
   * @param tasks by default 100; 0 for any number, which saves two writes for each task
   * @return this
   * @throws IllegalArgumentException if it is less than 0
   */
  public Tasks maxTasksPerCaller(int tasks) {
    if (tasks < 0) {
      throw new IllegalArgumentException("maxTasksPerCaller must be at least 0, was " + tasks);
    }
    maxTasksPerCaller = tasks;
    return this;
  }

  /**
   * Sets the largest result of a task. A task with a larger one is {@code failed}, and its error
   * says so. What answers the client must let it through: Lambda sends 6 MB at most.
   *
   * @param bytes by default 4 MiB, as JSON; at least 1024
   * @return this
   * @throws IllegalArgumentException if it is less than 1024
   */
  public Tasks maxResultBytes(int bytes) {
    if (bytes < 1024) {
      throw new IllegalArgumentException("maxResultBytes must be at least 1024, was " + bytes);
    }
    maxResultBytes = bytes;
    return this;
  }

  /**
   * Adds the extension to a server, and builds it.
   *
   * @param builder the server; not null
   * @return the server whose tasks these are
   * @throws IllegalStateException if these are the tasks of another server already
   * @throws IllegalArgumentException as {@link McpServer.Builder#build} does
   */
  public McpServer build(McpServer.Builder builder) {
    if (server != null) {
      throw new IllegalStateException("these tasks belong to a server already: make others");
    }
    Extension extension = Extension.builder(EXTENSION)
        .method(method(TaskMethod.GET))
        .method(method(TaskMethod.UPDATE))
        .method(method(TaskMethod.CANCEL))
        .toolCalls(new TaskHook(this), "task")
        .subscription("taskIds", new TaskSubscription(this))
        .build();
    McpServer built = builder.extension(extension).build();
    server = built;
    return built;
  }

  private ExtensionMethod method(String name) {
    return ExtensionMethod.of(name, new TaskMethod(name, this)).nameMember("taskId");
  }

  /**
   * Runs a task until it ends, asks its client, or is cancelled. Does nothing if it has ended or
   * expired, waits for an answer, or another run works on it: so it does no harm to call this
   * twice.
   *
   * @param taskId the id; not null
   * @throws IOException if the store fails; then this may be called again
   * @throws IllegalStateException before {@link #build}
   */
  public void run(String taskId) throws IOException {
    run(taskId, null, Attributes.NONE);
  }

  /**
   * Runs a task, as {@link #run(String)} does, in an invocation that ends. A run that is not done
   * by then is handed over to the next one: in the last tenth of the time, 30 seconds at most, it
   * begins no more steps, and in the last half of that it is interrupted.
   *
   * @param taskId the id; not null
   * @param deadline when the invocation ends; null if it does not
   * @param attributes for the handlers, such as the context of the invocation; not null
   * @throws IOException if the store fails; then this may be called again
   * @throws IllegalStateException before {@link #build}
   */
  public void run(String taskId, @Nullable Instant deadline, Attributes attributes)
      throws IOException {
    service().run(taskId, deadline, attributes);
  }

  /**
   * Does what the first request of a task would do: makes what is needed and reads from the store.
   * For a snapshot of the process that is taken before it serves.
   *
   * @throws IOException if the store fails
   * @throws IllegalStateException before {@link #build}
   */
  public void warmUp() throws IOException {
    Ledger ledger = service().ledger();
    ledger.read(ledger.newId());
  }

  /** What does the work; made when it is needed first. */
  synchronized TaskService service() {
    if (server == null) {
      throw new IllegalStateException("build the server by these tasks first");
    }
    TaskService made = service;
    if (made == null) {
      made = new TaskService(this, server);
      service = made;
    }
    return made;
  }

  TaskStore store() {
    return store;
  }

  TaskExecutor executor() {
    return executor;
  }

  long leaseMillis() {
    return millis(lease);
  }

  /** What does not fit is as good as for ever: some 100,000 years, to which a time can be added. */
  static long millis(Duration time) {
    return Math.min(TimeUnit.MILLISECONDS.convert(time), MOST_MILLIS);
  }

  int maxAttempts() {
    return maxAttempts;
  }

  int maxTasksPerCaller() {
    return maxTasksPerCaller;
  }

  int maxResultBytes() {
    return maxResultBytes;
  }
}
