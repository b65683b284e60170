package dev.statelessmcp.lambda.local.async;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.lambda.local.Environments;
import dev.statelessmcp.lambda.local.InvocationResult;
import dev.statelessmcp.lambda.local.ThrottledException;
import dev.statelessmcp.lambda.local.event.Json;
import dev.statelessmcp.lambda.local.event.MalformedAnswerException;
import dev.statelessmcp.lambda.local.http.Header;
import dev.statelessmcp.lambda.local.http.HttpExchange;
import dev.statelessmcp.lambda.local.http.HttpListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of Lambda and SQS for one function and one queue, on a port of 127.0.0.1.
 * Signatures are not checked. {@code POST /kill} ends a random environment of the function.
 */
public final class AwsApi implements AutoCloseable {
  private static final String INVOCATIONS = "/invocations";
  private static final String FUNCTIONS = "/2015-03-31/functions/";

  private final Settings settings;
  private final Consumer<String> log;
  private final HttpListener listener;
  private final Random random;
  private @Nullable Environments function; // null until the function has started
  private @Nullable Deliveries deliveries;

  private AwsApi(Settings settings, Consumer<String> log) throws IOException {
    this.settings = settings;
    this.log = log;
    random = new Random(settings.seed());
    listener = HttpListener.start("aws", 0, this::handle);
  }

  /**
   * Starts to listen. Events wait until a function is attached.
   *
   * @param settings how events are delivered
   * @param log takes a line for each event that is given up, and each environment that is ended
   * @throws IOException when there is no port
   */
  public static AwsApi start(Settings settings, Consumer<String> log) throws IOException {
    return new AwsApi(settings, log);
  }

  /** The address. */
  public String url() {
    return "http://127.0.0.1:" + listener.port();
  }

  /** The URL of the queue. */
  public String queueUrl() {
    return url() + "/123456789012/tasks";
  }

  /** The variables by which a function finds the endpoints. */
  public Map<String, String> environment() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("AWS_ENDPOINT_URL_LAMBDA", url());
    variables.put("AWS_ENDPOINT_URL_SQS", url());
    variables.put("AWS_ACCESS_KEY_ID", "local");
    variables.put("AWS_SECRET_ACCESS_KEY", "local");
    variables.put("AWS_SESSION_TOKEN", "local");
    return variables;
  }

  /**
   * Delivers events to a function from now on.
   *
   * @param target the function
   * @param most how many deliveries are made at once
   */
  public synchronized void attach(Environments target, int most) {
    function = target;
    deliveries = new Deliveries(target, most, settings, log);
    notifyAll();
  }

  private synchronized Deliveries deliveries() throws InterruptedException {
    Deliveries attached = deliveries;
    while (attached == null) {
      wait();
      attached = deliveries;
    }
    return attached;
  }

  private void handle(HttpExchange exchange) throws IOException, InterruptedException {
    byte[] body = exchange.body().readAllBytes();
    String path = exchange.target().split("\\?", 2)[0];
    String target = exchange.header("X-Amz-Target");
    if (!exchange.method().equals("POST")) {
      send(exchange, 405, "{}");
    } else if (path.equals("/kill")) {
      send(exchange, kill() ? 202 : 409, "{}");
    } else if (path.startsWith(FUNCTIONS) && path.endsWith(INVOCATIONS)) {
      invoke(exchange, body);
    } else if ("AmazonSQS.SendMessage".equals(target)) {
      sendMessage(exchange, body);
    } else {
      send(exchange, 404, "{\"__type\":\"UnknownOperationException\"}");
    }
  }

  /** Ends a random environment without a farewell; false if none runs. */
  public boolean kill() {
    Environments target;
    int choice;
    synchronized (this) {
      target = function;
      choice = random.nextInt(Integer.MAX_VALUE);
    }
    boolean killed = target != null && target.kill(choice);
    if (killed) {
      log.accept("an environment was killed");
    }
    return killed;
  }

  private void invoke(HttpExchange exchange, byte[] event)
      throws IOException, InterruptedException {
    Deliveries target = deliveries();
    if ("Event".equals(exchange.header("X-Amz-Invocation-Type"))) {
      target.invoke(event);
      send(exchange, 202, "");
      return;
    }
    try {
      InvocationResult result = target.function().invoke(event, null, null);
      List<Header> headers =
          result.isError() ? List.of(new Header("X-Amz-Function-Error", "Unhandled")) : List.of();
      exchange.send(200, headers, result.payload());
    } catch (ThrottledException e) {
      send(exchange, 429, "{\"__type\":\"TooManyRequestsException\"}");
    }
  }

  private void sendMessage(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    JsonNode message;
    try {
      message = Json.parse(body, body.length).path("MessageBody");
    } catch (MalformedAnswerException e) {
      message = null;
    }
    if (message == null || !message.isTextual()) {
      send(exchange, 400, "{\"__type\":\"com.amazonaws.sqs#MissingRequiredParameterException\"}");
      return;
    }
    String id = deliveries().message(message.textValue());
    send(exchange, 200, "{\"MessageId\":\"" + id + "\"}");
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    exchange.send(
        status,
        List.of(new Header("Content-Type", "application/x-amz-json-1.0")),
        body.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    listener.close();
    Deliveries attached;
    synchronized (this) {
      attached = deliveries;
    }
    if (attached != null) {
      attached.close();
    }
  }
}
