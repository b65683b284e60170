package dev.statelessmcp.lambda.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The execution environments of one function. An environment is started if all others are busy, up
 * to a limit, and removed when its process ends. Thread-safe.
 */
public final class Environments implements AutoCloseable {
  private static final class Environment {
    private final LambdaProcess process;
    private int calls;

    Environment(LambdaProcess process) {
      this.process = process;
    }
  }

  private static final int MAX_ATTEMPTS = 3;

  private final LambdaProcessBuilder function;
  private final int most;
  private final int callsEach;
  private final List<Environment> running = new ArrayList<>();
  private int starting;
  private boolean closed;

  private Environments(LambdaProcessBuilder function, int most, int callsEach) {
    this.function = function;
    this.most = most;
    this.callsEach = callsEach;
  }

  /**
   * Starts the first environment, to detect a broken function immediately.
   *
   * @param function the function, which must not be changed afterwards
   * @param most the maximum number of processes
   * @param callsEach the number of concurrent calls of a process
   * @return the environments; close them to end their processes
   * @throws InitException if the function does not start
   * @throws IOException if its process cannot be created
   */
  public static Environments start(LambdaProcessBuilder function, int most, int callsEach)
      throws IOException {
    Environments environments = new Environments(function, most, callsEach);
    environments.running.add(new Environment(function.start()));
    return environments;
  }

  /**
   * Invokes the function in a free environment, or in a new one.
   *
   * @param event the payload, usually JSON; not null
   * @param clientContext JSON, or null for none
   * @param receiver receives the answer piece by piece; null to return it as a whole
   * @return the result; as on Lambda it is an error if the process ended or could not start
   * @throws ThrottledException if all environments are busy and the limit is reached
   */
  public InvocationResult invoke(
      byte[] event, @Nullable String clientContext, @Nullable ResponseReceiver receiver)
      throws ThrottledException {
    try {
      for (int left = MAX_ATTEMPTS; ; left--) {
        Environment environment = acquire();
        try {
          InvocationResult ended = environment.process.invoke(event, clientContext, receiver);
          if (left == 1 || !endedBefore(ended)) {
            return ended;
          }
        } finally {
          release(environment);
        }
      }
    } catch (InitException e) {
      return InvocationResult.initError(e.reason());
    } catch (IOException | IllegalStateException e) {
      return InvocationResult.initError(
          String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  /**
   * Kills the process of an environment. Its invocations end with an error, as on Lambda when a
   * function crashes.
   *
   * @param choice the index of the environment, modulo their number; not negative
   * @return false if no environment is running
   */
  public boolean kill(int choice) {
    LambdaProcess process;
    synchronized (this) {
      List<Environment> alive = new ArrayList<>(running);
      alive.removeIf(environment -> environment.process.exitStatus().isPresent());
      if (alive.isEmpty()) {
        return false;
      }
      process = alive.get(choice % alive.size()).process;
    }
    process.kill();
    return true;
  }

  @Override
  public void close() {
    List<Environment> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(running);
      running.clear();
    }
    all.forEach(environment -> environment.process.close());
  }

  /** Whether a process was about to end when it was chosen, and did not take the event. */
  private static boolean endedBefore(InvocationResult ended) {
    return InvocationResult.EXIT_ERROR.equals(ended.errorType())
        && ended.duration().isZero();
  }

  private Environment acquire() throws ThrottledException, IOException {
    List<Environment> dead = new ArrayList<>();
    try {
      synchronized (this) {
        for (Iterator<Environment> it = running.iterator(); it.hasNext(); ) {
          Environment environment = it.next();
          if (environment.process.exitStatus().isPresent()) {
            it.remove();
            if (environment.calls == 0) { // otherwise the last of its calls closes it
              dead.add(environment);
            }
          } else if (environment.calls < callsEach) {
            environment.calls++;
            return environment;
          }
        }
        if (running.size() + starting >= most) {
          throw new ThrottledException();
        }
        starting++;
      }
    } finally {
      dead.forEach(environment -> environment.process.close());
    }
    return startOne();
  }

  private Environment startOne() throws IOException {
    LambdaProcess process;
    try {
      process = function.start();
    } catch (IOException | RuntimeException e) {
      synchronized (this) {
        starting--;
      }
      throw e;
    }
    Environment environment = new Environment(process);
    synchronized (this) {
      starting--;
      if (!closed) {
        environment.calls = 1;
        running.add(environment);
        return environment;
      }
    }
    process.close();
    throw new IOException("closed");
  }

  private void release(Environment environment) {
    boolean ended;
    synchronized (this) {
      environment.calls--;
      ended = environment.calls == 0 && environment.process.exitStatus().isPresent();
      if (ended) {
        running.remove(environment);
      }
    }
    if (ended) {
      environment.process.close();
    }
  }
}
