package dev.statelessmcp.task.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Many tasks over three processes, of which one is killed every second, and a store that fails.
 * {@code -Dchaos.tasks} and {@code -Dchaos.seed} choose how many and which; the seed is printed.
 */
class ChaosIT {
  private static final int PROCESSES = 3;
  private static final int CLIENTS = 200;
  private static final long LIMIT_SECONDS = 420;

  private final int tasks = Integer.getInteger("chaos.tasks", 1000);
  private final long seed = Long.getLong("chaos.seed", System.nanoTime() & 0xffffff);
  private final String url = Objects.requireNonNull(
      System.getenv("MCP_TEST_POSTGRES"), "MCP_TEST_POSTGRES must be set; run .ci/stores");
  private final PGSimpleDataSource database = new PGSimpleDataSource();
  private final AtomicReferenceArray<ChaosProcess> processes =
      new AtomicReferenceArray<>(PROCESSES);
  private final AtomicInteger starts = new AtomicInteger();
  private final AtomicInteger kills = new AtomicInteger();
  private final Path log = Path.of("target", "chaos.log");
  private volatile boolean over;

  /** What a client knows of its task at the end. */
  private record Ended(String id, Order order, String status, String text) {}

  private record Order(int number, boolean asks, boolean large, boolean cancels) {}

  @Test
  void everyTaskEndsAndNothingIsTakenTwice() throws Exception {
    System.out.println("chaos: seed " + seed + ", " + tasks + " tasks");
    prepare();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    Thread killer = new Thread(this::killEverySecond, "chaos-killer");
    List<Ended> ended = new ArrayList<>();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        processes.set(i, start());
      }
      killer.start();
      Random random = new Random(seed);
      List<Future<Ended>> running = new ArrayList<>();
      for (int i = 0; i < tasks; i++) {
        int kind = random.nextInt(10);
        Order order = new Order(i, kind % 2 == 0, kind == 3, kind == 7);
        long own = random.nextLong();
        running.add(clients.submit(() -> drive(order, new Random(own))));
      }
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
      for (Future<Ended> each : running) {
        ended.add(each.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS));
      }
    } finally {
      over = true;
      killer.interrupt();
      killer.join();
      clients.shutdownNow();
      for (int i = 0; i < PROCESSES; i++) {
        processes.get(i).kill();
      }
    }
    check(ended);
    System.out.println("chaos: seed " + seed + ", " + kills.get() + " kills");
    assertTrue(kills.get() > 0);
  }

  private void prepare() throws IOException, SQLException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    Files.deleteIfExists(log);
    database.setUrl(url);
    JdbcTaskStore.of(database).createTable();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS chaos");
      statement.execute("CREATE TABLE chaos (kind TEXT, task TEXT, step TEXT, token TEXT)");
    }
  }

  private ChaosProcess start() throws IOException {
    return ChaosProcess.start(url, seed * 1_000 + starts.incrementAndGet(), log);
  }

  private void killEverySecond() {
    Random random = new Random(seed + 1);
    try {
      while (!over) {
        Thread.sleep(1_000);
        int one = random.nextInt(PROCESSES);
        if (processes.get(one).answers()) {
          processes.get(one).kill();
          kills.incrementAndGet();
          processes.set(one, start());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it is over
    } catch (IOException e) {
      throw new IllegalStateException("seed " + seed, e);
    }
  }

  /** Asks any process, until one answers without an internal error. */
  private JsonNode ask(String method, ObjectNode params, Random random)
      throws InterruptedException {
    while (true) {
      try {
        JsonNode answer =
            processes.get(random.nextInt(PROCESSES)).request(method, params.deepCopy());
        if (answer.path("error").path("code").asInt() != -32603) {
          return answer;
        }
      } catch (IOException e) {
        // killed; another one
      }
      Thread.sleep(20 + random.nextInt(50));
    }
  }

  private Ended drive(Order order, Random random) throws InterruptedException {
    ObjectNode params = Json.object().put("name", "order");
    params
        .putObject("arguments")
        .put("number", order.number())
        .put("asks", order.asks())
        .put("large", order.large());
    String id = ask("tools/call", params, random).at("/result/taskId").asText();
    assertEquals(27, id.length(), "seed " + seed);
    boolean cancels = order.cancels();
    while (true) {
      Thread.sleep(100 + random.nextInt(100));
      ObjectNode get = Json.object().put("taskId", id);
      JsonNode answer = ask("tasks/get", get, random);
      JsonNode task = answer.path("result");
      String status = task.path("status").asText();
      switch (status) {
        case "working" -> {
          if (cancels && random.nextInt(4) == 0) {
            ask("tasks/cancel", get, random);
            cancels = false;
          }
        }
        case "input_required" -> {
          // Twice, as an impatient client would: the second answer must change nothing
          answer(id, order, task.path("inputRequests"), random);
          answer(id, order, task.path("inputRequests"), random);
        }
        case "completed", "cancelled", "failed" -> {
          String text = task.at("/result/content/0/text").asText();
          JsonNode again = ask("tasks/get", get, random).path("result");
          assertEquals(status, again.path("status").asText(), "seed " + seed);
          assertEquals(text, again.at("/result/content/0/text").asText(), "seed " + seed);
          return new Ended(id, order, status, text.isEmpty() ? Json.text(task) : text);
        }
        default -> throw new AssertionError("seed " + seed + ": " + Json.text(answer));
      }
    }
  }

  private void answer(String id, Order order, JsonNode questions, Random random)
      throws InterruptedException {
    ObjectNode update = Json.object().put("taskId", id);
    ObjectNode responses = update.putObject("inputResponses");
    questions
        .fieldNames()
        .forEachRemaining(key -> responses
            .putObject(key)
            .put("action", "accept")
            .putObject("content")
            .put("name", "name-of-" + order.number()));
    ask("tasks/update", update, random);
  }

  private void check(List<Ended> ended) throws SQLException {
    assertEquals(tasks, ended.size());
    Map<String, Set<String>> effects = read("effect");
    Map<String, Set<String>> seen = read("seen");
    int completed = 0;
    int repeated = 0;
    for (Ended each : ended) {
      String what = "seed " + seed + ", task " + each;
      if (each.order().cancels()) {
        assertTrue(Set.of("completed", "cancelled").contains(each.status()), what);
      } else {
        assertEquals("completed", each.status(), what);
      }
      if (!each.status().equals("completed")) {
        continue;
      }
      completed++;
      List<String> words = new ArrayList<>(List.of(each.text().split(" ")));
      if (each.order().asks()) {
        assertEquals("name-of-" + each.order().number(), words.remove(2), what);
      }
      assertEquals(ChaosServer.STEPS, words.size(), what);
      for (int step = 0; step < ChaosServer.STEPS; step++) {
        String key = each.id() + " step" + step;
        // Every run that went past the step saw one result, and that is the one in the answer
        assertEquals(Set.of(words.get(step)), seen.get(key), what);
        assertTrue(effects.get(key).contains(words.get(step)), what);
        repeated += effects.get(key).size() - 1;
      }
    }
    System.out.println("chaos: " + completed + " completed, " + repeated + " effects repeated");
    assertTrue(completed > tasks / 2, "seed " + seed);
  }

  private Map<String, Set<String>> read(String kind) throws SQLException {
    Map<String, Set<String>> tokens = new HashMap<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(
            "SELECT task, step, token FROM chaos WHERE kind = '" + kind + "'")) {
      while (rows.next()) {
        tokens
            .computeIfAbsent(rows.getString(1) + " " + rows.getString(2), key -> new HashSet<>())
            .add(rows.getString(3));
      }
    }
    return tokens;
  }
}
