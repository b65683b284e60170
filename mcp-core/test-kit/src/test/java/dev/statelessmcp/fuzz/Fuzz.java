package dev.statelessmcp.fuzz;

import dev.statelessmcp.fixtures.FixtureAnswer;
import dev.statelessmcp.testing.Waiting;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sends messages that are nearly right to targets and holds each answer against the rules. The
 * system properties of a run:
 *
 * <ul>
 *   <li>{@code fuzz.messages}: how many messages all targets of the build get together; 10,000 by
 *       default
 *   <li>{@code fuzz.seed}: decides every message; the same one by default, and it is printed
 *   <li>{@code fuzz.case}: the number of the one message to send, to see a failure again
 * </ul>
 */
public final class Fuzz {
  /** Decides every message of the run. */
  public static final long SEED = Long.getLong("fuzz.seed", 20_261_127);

  private static final int MESSAGES = Integer.getInteger("fuzz.messages", 10_000);
  private static final int MAX_FAILURES = 10;
  private static final int MAX_SHOWN = 3000;
  private static final int CASE = Integer.getInteger("fuzz.case", -1);

  private Fuzz() {}

  /**
   * The number of messages for each kind of target.
   *
   * @param percent its share of all messages of the run
   * @return at least 1
   */
  public static int messages(int percent) {
    return Math.max(1, (int) (MESSAGES * (long) percent / 100));
  }

  /**
   * Sends the share of one kind of target, in turn to each.
   *
   * @param kind the name of the kind, for reports
   * @param percent its share of all messages of the run
   * @param targets the targets by the name of the server that they lead to
   * @throws AssertionError if an answer breaks a rule; the message says how to see it again
   */
  public static void run(String kind, int percent, Map<String, List<FuzzTarget>> targets)
      throws InterruptedException {
    int count = messages(percent);
    System.out.println("Fuzzing " + kind + ": " + count + " messages, -Dfuzz.seed=" + SEED);
    FuzzMessages messages = new FuzzMessages(new HashSet<>(targets.keySet()), SEED);
    Map<String, Integer> outcomes = new TreeMap<>();
    Map<String, AssertionError> failures = new LinkedHashMap<>();
    AtomicReference<Thread> worker = new AtomicReference<>();
    ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
      Thread made = new Thread(task, "fuzz");
      made.setDaemon(true);
      worker.set(made);
      return made;
    });
    try {
      int first = CASE < 0 ? 0 : CASE;
      int end = CASE < 0 ? count : CASE + 1;
      for (int i = first; i < end; i++) {
        FuzzMessage message = messages.message(i);
        List<FuzzTarget> all = targets.get(message.server());
        FuzzTarget target = all.get(i % all.size());
        Future<String> outcome = thread.submit(() -> outcome(target, target.carried(message)));
        try {
          outcomes.merge(outcome.get(Waiting.SECONDS, TimeUnit.SECONDS), 1, Integer::sum);
        } catch (ExecutionException e) {
          // One example of each problem, and no more than can be read
          String problem = (e.getCause() + "").lines().findFirst().orElseThrow();
          failures.putIfAbsent(
              problem.substring(0, Math.min(60, problem.length())),
              failed(kind, i, target, message, e.getCause()));
          if (failures.size() == MAX_FAILURES) {
            break;
          }
        } catch (TimeoutException e) {
          AssertionError hang = new AssertionError("no answer");
          hang.setStackTrace(worker.get().getStackTrace());
          throw failed(kind, i, target, message, hang);
        }
      }
    } finally {
      thread.shutdownNow();
    }
    if (!failures.isEmpty()) {
      AssertionError all = new AssertionError(String.join(
          "\n\n", failures.values().stream().map(Throwable::getMessage).toList()));
      failures.values().forEach(all::addSuppressed);
      throw all;
    }
    checkVariety(kind, outcomes, count);
  }

  private static AssertionError failed(
      String kind, int number, FuzzTarget target, FuzzMessage message, Throwable cause) {
    String what = kind + ": -Dfuzz.seed=" + SEED + " -Dfuzz.case=" + number + ", " + target.name();
    return new AssertionError(
        what + "\n" + cause + "\nMessage: " + shortened(target.carried(message)), cause);
  }

  private static String shortened(Object value) {
    String text = value.toString();
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + " …";
  }

  private static String outcome(FuzzTarget target, FuzzMessage message) throws Exception {
    FixtureAnswer answer = target.send(message);
    if (answer == null) {
      if (AnswerRules.isRequest(message)) {
        throw new AssertionError("a request was not taken");
      }
      return "not taken";
    }
    List<String> problems = new AnswerRules(target, message, answer).problems();
    if (!problems.isEmpty()) {
      throw new AssertionError(String.join("\n", problems) + "\nAnswer: " + shortened(answer));
    }
    if (answer.message() == null) {
      return "nothing";
    }
    return answer.message().has("result")
        ? "result"
        : answer.message().path("error").path("code").asText("batch");
  }

  /** A change must not turn all messages into parse errors. */
  private static void checkVariety(String kind, Map<String, Integer> outcomes, int count) {
    if (count < 1000 || CASE >= 0) {
      return;
    }
    for (String outcome : Set.of("result", "nothing", "-32700", "-32600", "-32601", "-32602")) {
      if (outcomes.getOrDefault(outcome, 0) < count / 500) {
        throw new AssertionError(kind + " has too few with the outcome " + outcome + outcomes);
      }
    }
  }
}
