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
 * The tasks of one server: the extension {@code io.modelcontextprotocol/tasks}. The
 * {@link TaskPolicy} of a tool sets which calls become tasks.
 *
 * <pre>{@code
 * McpServer server = Tasks.inMemory().build(McpServer.named("reports", "1.0.0")
 *     .tool(Tool.of("report", "Writes the report", Year.class, Reports::write)
 *         .apply(TaskPolicy.whenSupported())));
 * }</pre>
 *
 * <p>A task is in a {@link TaskStore} before its creation is answered, until it expires. A run
 * claims it for the time of a lease, and renews the lease while it works. If the process dies, the
 * lease expires, and the next request for the task starts it again; no background process is
 * needed. Only the newest run can change a task, so an older one that was suspended and resumes
 * writes nothing.
 *
 * <p>Change settings only before {@link #build}. Thread-safe after that.
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
  private @Nullable TaskService service; // created by the first call that needs it: cold start

  private Tasks(TaskStore store, TaskExecutor executor) {
    this.store = Objects.requireNonNull(store, "store");
    this.executor = Objects.requireNonNull(executor, "executor");
  }

  /**
   * Creates tasks that are stored and run in this process, and end with it.
   *
   * @return the tasks of one server
   */
  public static Tasks inMemory() {
    return of(TaskStore.inMemory(), TaskExecutor.threads());
  }

  /**
   * Creates tasks.
   *
   * @param store stores the tasks; not null
   * @param executor runs the tasks; not null
   * @return the tasks of one server
   */
  public static Tasks of(TaskStore store, TaskExecutor executor) {
    return new Tasks(store, executor);
  }

  /**
   * Sets how long a run may be silent before another one may replace it, which is also the time
   * after which a start is repeated. It should be longer than an outage of the store, and shorter
   * than a user waits after a crash. A run renews the lease after a third of that time.
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
   * Sets how many runs of a task in a row may end without a result, a new step or a new question,
   * by a crash or at the end of their invocation. The task is then {@code failed}, and its error
   * has the reason.
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
   * Sets how many unfinished tasks a caller may have. All anonymous callers count as one. A call
   * beyond the limit gets error 429.
   *
   * @param tasks by default 100; 0 for no limit, which saves two writes for each task
   * @return this
   * @throws IllegalArgumentException if it is less than 0
   */
  public Tasks maxTasksPerCaller(int tasks) {
    if (tasks < 0) {
      throw new IllegalArgumentException("maxTasksPerCaller must be 0 or more, was " + tasks);
    }
    maxTasksPerCaller = tasks;
    return this;
  }

  /**
   * Sets the maximum size of a task's result. A task with a larger one is {@code failed}. The
   * transport must be able to send it: the limit of Lambda is 6 MB.
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
   * @return the server
   * @throws IllegalStateException if these tasks already belong to a server
   * @throws IllegalArgumentException as {@link McpServer.Builder#build} does
   */
  public McpServer build(McpServer.Builder builder) {
    if (server != null) {
      throw new IllegalStateException("these tasks already belong to a server; create others");
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
    return ExtensionMethod.of(name, new TaskMethod(name, this))
        .nameMember("taskId")
        .secretName();
  }

  /**
   * Runs a task until it ends, asks its client, or is cancelled. Does nothing if the task has ended
   * or expired, waits for an answer, or has another run, so repeated calls are safe.
   *
   * @param taskId the id; not null
   * @throws IOException if the store fails; the call may be repeated
   * @throws IllegalStateException before {@link #build}
   */
  public void run(String taskId) throws IOException {
    run(taskId, null, Attributes.NONE);
  }

  /**
   * Runs a task, as {@link #run(String)} does, in an invocation with a deadline. A longer run
   * continues in the next invocation: in the last tenth of the time, at most 30 seconds, it begins
   * no steps, and when half of that is left it is interrupted.
   *
   * @param taskId the id; not null
   * @param deadline when the invocation ends; null if it does not
   * @param attributes for the handlers, such as the context of the invocation; not null
   * @throws IOException if the store fails; the call may be repeated
   * @throws IllegalStateException before {@link #build}
   */
  public void run(String taskId, @Nullable Instant deadline, Attributes attributes)
      throws IOException {
    service().run(taskId, deadline, attributes);
  }

  /**
   * Does the work of the first request about a task: creates the objects that it needs, and reads
   * from the store. Call it before a snapshot of the process.
   *
   * @throws IOException if the store fails
   * @throws IllegalStateException before {@link #build}
   */
  public void warmUp() throws IOException {
    Ledger ledger = service().ledger();
    ledger.read(ledger.newId());
  }

  /** The service, which is created at the first use. */
  synchronized TaskService service() {
    if (server == null) {
      throw new IllegalStateException("call Tasks.build first");
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

  /** Longer times become 100,000 years, to which a time can be added without overflow. */
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
