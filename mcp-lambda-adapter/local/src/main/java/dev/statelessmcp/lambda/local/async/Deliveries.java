package dev.statelessmcp.lambda.local.async;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.lambda.local.Environments;
import dev.statelessmcp.lambda.local.InvocationResult;
import dev.statelessmcp.lambda.local.ThrottledException;
import dev.statelessmcp.lambda.local.event.Json;
import dev.statelessmcp.lambda.local.event.MalformedAnswerException;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Delivers events to a function: asynchronous invocations and messages of a queue, at least once,
 * as on AWS.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">How
 *     Lambda handles errors and retries with asynchronous invocation</a>
 */
final class Deliveries implements AutoCloseable {
  /** "Lambda attempts to run it two more times". */
  private static final int ATTEMPTS = 3;

  private static final Duration BUSY = Duration.ofMillis(200);
  private static final Duration MOST_BUSY = Duration.ofMinutes(10);

  private final Environments function;
  private final Settings settings;
  private final Consumer<String> log;
  private final Random random;
  private final ScheduledThreadPoolExecutor threads;

  Deliveries(Environments function, int most, Settings settings, Consumer<String> log) {
    this.function = function;
    this.settings = settings;
    this.log = log;
    random = new Random(settings.seed());
    threads = new ScheduledThreadPoolExecutor(most, work -> {
      Thread thread = new Thread(work, "delivery");
      thread.setDaemon(true);
      return thread;
    });
  }

  Environments function() {
    return function;
  }

  /** Delivers an event of an asynchronous invocation. */
  void invoke(byte[] event) {
    deliver(() -> invoke(event, 1), Duration.ZERO);
  }

  /** Delivers a message; returns its id. */
  String message(String body) {
    Message message = new Message(body);
    deliver(message, Duration.ZERO);
    return message.id;
  }

  private void deliver(Runnable delivery, Duration delay) {
    schedule(delivery, delay);
    boolean twice;
    long later;
    synchronized (random) {
      twice = random.nextInt(100) < settings.twicePercent();
      later = random.nextInt(2_000);
    }
    if (twice) {
      schedule(delivery, delay.plusMillis(later));
    }
  }

  private void schedule(Runnable delivery, Duration delay) {
    if (!threads.isShutdown()) {
      var unused = threads.schedule(delivery, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void invoke(byte[] event, int attempt) {
    InvocationResult result = whenFree(event);
    if (result == null || !result.isError()) {
      return;
    }
    if (attempt == ATTEMPTS) {
      log.accept("an asynchronous invocation failed " + ATTEMPTS + " times: " + result);
      return;
    }
    schedule(() -> invoke(event, attempt + 1), settings.retryDelay().multipliedBy(attempt));
  }

  /** Invokes the function as soon as it has an environment; null if that takes too long. */
  private @Nullable InvocationResult whenFree(byte[] event) {
    long until = System.nanoTime() + MOST_BUSY.toNanos();
    while (System.nanoTime() < until) {
      try {
        return function.invoke(event, null, null);
      } catch (ThrottledException e) {
        try {
          Thread.sleep(BUSY.toMillis());
        } catch (InterruptedException closed) {
          Thread.currentThread().interrupt();
          return null;
        }
      }
    }
    log.accept("an event was dropped: the function was busy for " + MOST_BUSY);
    return null;
  }

  /** A message of the queue: delivered again after each visibility timeout until it is deleted. */
  private final class Message implements Runnable {
    private final String id = UUID.randomUUID().toString();
    private final String body;
    private final AtomicBoolean deleted = new AtomicBoolean();
    private int receives;

    Message(String body) {
      this.body = body;
    }

    @Override
    public void run() {
      int receive;
      synchronized (this) {
        receive = ++receives;
      }
      if (deleted.get()) {
        return;
      }
      if (receive > settings.maxReceives()) {
        if (!deleted.getAndSet(true)) {
          log.accept("a message went to the dead-letter queue: " + body);
        }
        return;
      }
      schedule(this, settings.visibilityTimeout());
      InvocationResult result = whenFree(Json.bytes(event(receive)));
      if (result != null && !result.isError() && !isFailure(result)) {
        deleted.set(true);
      }
    }

    private ObjectNode event(int receive) {
      ObjectNode event = JsonNodeFactory.instance.objectNode();
      ObjectNode record = event.putArray("Records").addObject();
      record.put("messageId", id).put("receiptHandle", id + "." + receive).put("body", body);
      record.putObject("attributes").put("ApproximateReceiveCount", Integer.toString(receive));
      record.putObject("messageAttributes");
      record
          .put("eventSource", "aws:sqs")
          .put("eventSourceARN", "arn:aws:sqs:us-east-1:123456789012:tasks")
          .put("awsRegion", "us-east-1");
      return event;
    }

    private boolean isFailure(InvocationResult result) {
      try {
        for (JsonNode failure :
            Json.parse(result.payload(), result.payload().length).path("batchItemFailures")) {
          if (failure.path("itemIdentifier").asText().equals(id)) {
            return true;
          }
        }
        return false;
      } catch (MalformedAnswerException e) {
        return true;
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
