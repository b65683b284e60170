package dev.statelessmcp.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Keys under load, and issuers that do not answer. */
class KeySourceLoadTest extends KeySourceCase {
  /** An issuer that answers a byte at a time, and never ends. */
  @Test
  @Execution(ExecutionMode.CONCURRENT) // it waits
  void aFetchEndsWhateverTheIssuerDoes() {
    CountDownLatch end = new CountDownLatch(1);
    issuer.page("/jwks", exchange -> {
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        while (!end.await(200, TimeUnit.MILLISECONDS)) {
          out.write(' ');
          out.flush();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    try {
      ResourceServer server = server();
      assertEquals(503, status(server, token("rsa-1")));
      assertEquals(1, issuer.count("/jwks"));
    } finally {
      end.countDown();
    }
  }

  /** Known keys go on while the issuer is silent, and only a few requests wait for others. */
  @Test
  @Execution(ExecutionMode.CONCURRENT) // it waits
  void noThreadsPileUpBehindASlowIssuer() throws Exception {
    ResourceServer server = server();
    assertEquals(200, status(server, token("rsa-1")));
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    issuer.page("/jwks", exchange -> {
      asked.countDown();
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    clock.add(Duration.ofSeconds(11));
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<Integer>> unknown = new ArrayList<>();
      String newer = token("rsa-2");
      String known = token("rsa-1");
      for (int i = 0; i < 100; i++) {
        unknown.add(threads.submit(() -> status(server, newer)));
      }
      assertTrue(asked.await(30, TimeUnit.SECONDS));
      for (int i = 0; i < 100; i++) {
        assertEquals(200, status(server, known));
      }
      for (Future<Integer> each : unknown) {
        assertEquals(503, each.get(30, TimeUnit.SECONDS));
      }
      assertEquals(2, issuer.count("/jwks"));
    } finally {
      end.countDown();
      threads.shutdownNow();
    }
  }

  /** Each token is signed by a key that is, was or will be published; rogue ones never get in. */
  @Test
  void keysRotateUnderLoad() throws Exception {
    ResourceServer server = server();
    server.prepare();
    AtomicReference<String> current = new AtomicReference<>("rsa-1");
    String rogue = token(issuer.url(), "rsa-1", "rsa-9");
    Map<String, String> tokens = new HashMap<>();
    for (int i = 1; i <= 4; i++) {
      tokens.put("rsa-" + i, token("rsa-" + i));
    }
    AtomicInteger good = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    CountDownLatch end = new CountDownLatch(1);
    try {
      List<Future<Integer>> workers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Callable<Integer> work = () -> {
          int wrong = 0;
          while (end.getCount() > 0) {
            String key = current.get();
            wrong += status(server, tokens.get(key)) == 200 ? 0 : 1;
            wrong += status(server, rogue) == 401 ? 0 : 1;
            good.incrementAndGet();
          }
          return wrong;
        };
        workers.add(threads.submit(work));
      }
      for (int i = 2; i <= 4; i++) {
        awaitMore(good);
        String before = "rsa-" + (i - 1);
        issuer.page("/jwks", Tokens.jwks("rsa-1", before, "rsa-" + i));
        clock.add(Duration.ofSeconds(11));
        current.set("rsa-" + i);
      }
      awaitMore(good);
      end.countDown();
      for (Future<Integer> worker : workers) {
        assertEquals(0, worker.get(30, TimeUnit.SECONDS));
      }
      assertTrue(issuer.count("/jwks") <= 5, () -> issuer.requests.toString());
    } finally {
      end.countDown();
      threads.shutdownNow();
    }
  }

  private static void awaitMore(AtomicInteger count) throws InterruptedException {
    int before = count.get();
    for (int i = 0; i < 3000 && count.get() < before + 100; i++) {
      Thread.sleep(10);
    }
    assertTrue(count.get() >= before + 100);
  }
}
