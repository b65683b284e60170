package dev.statelessmcp.lambda.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A function that does what the event says, or what stands between {@code <<} and {@code >>}
 * somewhere in it. It is copied into a task root and runs there, so it uses nothing but the JDK and
 * aws-lambda-java-core.
 */
public final class ProbeHandler implements RequestStreamHandler {
  private final CyclicBarrier four = new CyclicBarrier(4);

  /** Init, which the environment can make fail. */
  public ProbeHandler() throws InterruptedException {
    switch (String.valueOf(System.getenv("PROBE_INIT"))) {
      case "throw" -> throw new IllegalStateException("no such table");
      case "exit" -> System.exit(4);
      case "hang" -> Thread.sleep(60_000);
      default -> System.out.println("probe ready");
    }
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    int start = event.indexOf("<<");
    String command = start < 0 ? event : event.substring(start + 2, event.indexOf(">>"));
    String[] words = command.split(" ", 2);
    if (words[0].equals("raw")) {
      output.write(Base64.getDecoder().decode(words[1]));
    } else if (words[0].equals("event")) {
      output.write(ok(Base64.getEncoder().encodeToString(event.getBytes(StandardCharsets.UTF_8))));
    } else {
      output.write(
          run(words[0], words[words.length - 1], context).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static byte[] ok(String body) {
    String answer = "{\"statusCode\":200,\"body\":\"" + body + "\"}";
    return answer.getBytes(StandardCharsets.UTF_8);
  }

  private String run(String command, String rest, Context context) {
    return switch (command) {
      case "say" -> rest;
      case "print" -> print(rest);
      case "fail" -> throw new IllegalArgumentException(rest);
      case "exit" -> exit(Integer.parseInt(rest));
      case "sleep" -> sleep(Long.parseLong(rest));
      case "wait" -> await(Path.of(rest));
      case "note" -> note(rest.split(" ", 2));
      case "overflow" -> overflow(0);
      case "meet" -> meet(context);
      case "repeat" -> "x".repeat(Integer.parseInt(rest));
      case "env" -> String.valueOf(System.getenv(rest));
      case "property" -> String.valueOf(System.getProperty(rest));
      case "sees" -> String.valueOf(sees(rest));
      case "context" ->
        String.join(
            " ",
            context.getAwsRequestId(),
            context.getFunctionName(),
            context.getInvokedFunctionArn(),
            Integer.toString(context.getMemoryLimitInMB()),
            Integer.toString(context.getRemainingTimeInMillis()));
      case "client" -> context.getClientContext().getCustom().get(rest);
      default -> "?";
    };
  }

  private static String print(String text) {
    System.out.println("out " + text);
    System.err.println("err " + text);
    return "printed";
  }

  private static String exit(int status) {
    System.exit(status);
    return "never";
  }

  private static String sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "slept";
  }

  /** Answers when there is such a file. */
  private static String await(Path file) {
    while (!Files.exists(file)) {
      sleep(20);
    }
    return new String(ok(Long.toString(ProcessHandle.current().pid())), StandardCharsets.UTF_8);
  }

  /** Adds a line to a file, and ends as the other word says. */
  private static String note(String[] words) {
    try {
      Files.writeString(
          Path.of(words[0]),
          ProcessHandle.current().pid() + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new IllegalStateException("no note", e);
    }
    return switch (words[1]) {
      case "fail" -> throw new IllegalArgumentException("as told");
      case "exit" -> exit(3);
      case "hang" -> sleep(60_000);
      default -> "{}";
    };
  }

  private static String overflow(int depth) {
    return depth < 0 ? "never" : overflow(depth + 1) + depth;
  }

  /** Answers only when four invocations are here at once. */
  private String meet(Context context) {
    try {
      four.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException("Alone", e);
    }
    return context.getAwsRequestId();
  }

  private static boolean sees(String className) {
    try {
      Class.forName(className);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
