package dev.statelessmcp.lambda.local.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.lambda.local.Environments;
import dev.statelessmcp.lambda.local.LambdaProcess;
import dev.statelessmcp.lambda.local.ProbeHandler;
import dev.statelessmcp.lambda.local.TaskRoot;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Asynchronous events, and environments that are killed. */
@EnabledOnOs(OS.LINUX)
@Timeout(90)
@Execution(ExecutionMode.CONCURRENT) // they wait for events that are repeated
class AwsApiTest {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir
  static Path taskRoot;

  @TempDir
  Path folder;

  private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
  private Environments environments;
  private AwsApi aws;

  @BeforeAll
  static void copyFunction() throws IOException {
    TaskRoot.deploy(taskRoot, ProbeHandler.class);
  }

  @AfterEach
  void close() {
    aws.close();
    environments.close();
  }

  private void start(int twicePercent) throws IOException {
    aws = AwsApi.start(
        new Settings(Duration.ofMillis(200), Duration.ofMillis(500), 3, twicePercent, 7), log::add);
    environments =
        Environments.start(LambdaProcess.of(taskRoot, ProbeHandler.class.getName()), 2, 1);
    aws.attach(environments, 2);
  }

  private HttpResponse<String> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(aws.url() + path)).POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private void invokeLater(String event) throws IOException, InterruptedException {
    HttpResponse<String> answer = post(
        "/2015-03-31/functions/function/invocations",
        "\"" + event + "\"",
        "X-Amz-Invocation-Type",
        "Event");
    assertEquals(202, answer.statusCode());
  }

  private void sendMessage(String body) throws IOException, InterruptedException {
    HttpResponse<String> answer = post(
        "/",
        "{\"QueueUrl\":\"" + aws.queueUrl() + "\",\"MessageBody\":\"" + body + "\"}",
        "X-Amz-Target",
        "AmazonSQS.SendMessage");
    assertEquals(200, answer.statusCode());
    assertTrue(answer.body().contains("MessageId"), answer.body());
  }

  private Path notes() {
    return folder.resolve("notes");
  }

  private List<String> awaitNotes(int number) throws IOException, InterruptedException {
    List<String> notes = List.of();
    for (int i = 0; i < 2_000 && notes.size() < number; i++) {
      Thread.sleep(10);
      notes = Files.exists(notes()) ? Files.readAllLines(notes()) : List.of();
    }
    assertEquals(number, notes.size());
    return notes;
  }

  @Test
  void anInvocationIsDeliveredOnce() throws Exception {
    start(0);
    invokeLater("<<note " + notes() + " ok>>");
    awaitNotes(1);
    Thread.sleep(800);
    awaitNotes(1);
  }

  @Test
  void anInvocationThatFailsIsRepeatedTwice() throws Exception {
    start(0);
    invokeLater("<<note " + notes() + " fail>>");
    awaitNotes(3);
    String line = log.poll(20, TimeUnit.SECONDS);
    assertTrue(line.contains("failed 3 times"), line);
    awaitNotes(3);
  }

  @Test
  void anInvocationThatCrashesIsRepeatedElsewhere() throws Exception {
    start(0);
    invokeLater("<<note " + notes() + " exit>>");
    assertEquals(3, new HashSet<>(awaitNotes(3)).size());
  }

  @Test
  void somethingComesTwice() throws Exception {
    start(100);
    invokeLater("<<note " + notes() + " ok>>");
    awaitNotes(2);
  }

  @Test
  void anEventWaitsUntilThereIsAFreeEnvironment() throws Exception {
    start(0);
    for (int i = 0; i < 6; i++) {
      invokeLater("<<note " + notes() + " ok>>");
    }
    awaitNotes(6);
  }

  @Test
  void aMessageIsDeletedWhenItsInvocationSucceeds() throws Exception {
    start(0);
    sendMessage("<<note " + notes() + " ok>>");
    awaitNotes(1);
    Thread.sleep(1_200);
    awaitNotes(1);
  }

  @Test
  void aMessageWhoseInvocationFailsComesAgainUntilItIsDead() throws Exception {
    start(0);
    sendMessage("<<note " + notes() + " fail>>");
    awaitNotes(3);
    String line = log.poll(20, TimeUnit.SECONDS);
    assertTrue(line.contains("dead-letter queue"), line);
  }

  @Test
  void anEnvironmentIsKilledInTheMiddle() throws Exception {
    start(0);
    invokeLater("<<note " + notes() + " hang>>");
    String first = awaitNotes(1).get(0);
    assertEquals(202, post("/kill", "").statusCode());
    String second = awaitNotes(2).get(1);
    assertFalse(second.equals(first), second);
    assertTrue(log.take().contains("killed"));
  }

  @Test
  void aRequestIsAnswered() throws Exception {
    start(0);
    HttpResponse<String> answer =
        post("/2015-03-31/functions/function/invocations", "\"<<say {}>>\"");
    assertEquals(200, answer.statusCode());
    assertEquals("{}", answer.body());
    HttpResponse<String> failure =
        post("/2015-03-31/functions/function/invocations", "\"<<fail x>>\"");
    assertEquals(
        "Unhandled", failure.headers().firstValue("X-Amz-Function-Error").orElseThrow());
  }

  @Test
  void otherRequestsAreRefused() throws Exception {
    start(0);
    assertEquals(404, post("/", "{}").statusCode());
    assertEquals(400, post("/", "{}", "X-Amz-Target", "AmazonSQS.SendMessage").statusCode());
    assertEquals(400, post("/", "[", "X-Amz-Target", "AmazonSQS.SendMessage").statusCode());
  }
}
