package dev.statelessmcp.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store of tasks must do. A test of a store extends this. */
public abstract class TaskStoreContract {
  private static final Instant LATER = Instant.ofEpochSecond(4_000_000_000L);

  /**
   * The store under test, the same or another one over the same data each time.
   *
   * @return a store
   * @throws Exception if there is none
   */
  protected abstract TaskStore store() throws Exception;

  private static String newKey() {
    return "k-" + UUID.randomUUID();
  }

  private static TaskRecord record(String key, long version, String text) {
    return new TaskRecord(key, version, LATER, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertHolds(TaskStore store, TaskRecord expected) throws IOException {
    TaskRecord read = store.read(expected.key()).orElseThrow();
    assertEquals(expected.key(), read.key());
    assertEquals(expected.version(), read.version());
    assertEquals(expected.expiresAt(), read.expiresAt());
    assertArrayEquals(expected.data(), read.data());
  }

  @Test
  void createdRecordsAreRead() throws Exception {
    TaskRecord record = record(newKey(), 1, "{\"a\":\"ä€😀\\u0000\"}");
    assertTrue(store().create(record));
    assertHolds(store(), record);
  }

  @Test
  void missingRecordsAreEmpty() throws Exception {
    assertTrue(store().read(newKey()).isEmpty());
  }

  @Test
  void aKeyIsCreatedOnce() throws Exception {
    TaskRecord record = record(newKey(), 1, "{}");
    assertTrue(store().create(record));
    assertFalse(store().create(record(record.key(), 1, "{\"other\":1}")));
    assertHolds(store(), record);
  }

  @Test
  void theNextVersionReplaces() throws Exception {
    String key = newKey();
    store().create(record(key, 1, "{\"n\":1}"));
    TaskRecord second =
        new TaskRecord(key, 2, LATER.plusSeconds(10), "{\"n\":2}".getBytes(StandardCharsets.UTF_8));
    assertTrue(store().replace(second));
    assertHolds(store(), second);
  }

  @Test
  void anotherVersionDoesNotReplace() throws Exception {
    String key = newKey();
    store().create(record(key, 1, "{}"));
    store().replace(record(key, 2, "{}"));
    assertFalse(store().replace(record(key, 2, "{\"late\":1}")));
    assertFalse(store().replace(record(key, 4, "{\"early\":1}")));
    assertHolds(store(), record(key, 2, "{}"));
  }

  @Test
  void missingRecordsAreNotReplaced() throws Exception {
    String key = newKey();
    assertFalse(store().replace(record(key, 1, "{}")));
    assertFalse(store().replace(record(key, 2, "{}")));
    assertTrue(store().read(key).isEmpty());
  }

  @Test
  void deletedRecordsAreMissing() throws Exception {
    String key = newKey();
    store().create(record(key, 1, "{}"));
    store().delete(key);
    store().delete(key);
    assertTrue(store().read(key).isEmpty());
    assertFalse(store().replace(record(key, 2, "{}")));
    assertTrue(store().create(record(key, 1, "{\"new\":1}")));
  }

  @Test
  void expiredRecordsAreMissing() throws Exception {
    String key = newKey();
    Instant past = Instant.ofEpochSecond(Instant.now().getEpochSecond() - 2);
    store().create(new TaskRecord(key, 1, past, new byte[] {'{', '}'}));
    assertTrue(store().read(key).isEmpty());
    assertFalse(store().replace(record(key, 2, "{}")));
    assertTrue(store().create(record(key, 1, "{}")));
    assertHolds(store(), record(key, 1, "{}"));
  }

  @Test
  void theLargestRecordIsKept() throws Exception {
    int size = Math.min(store().maxBytes(), 1 << 20);
    assertTrue(size >= 16 << 10, "maxBytes must be at least 16 KiB, was " + size);
    byte[] data = new byte[size];
    Random random = new Random(1);
    data[0] = '"';
    for (int i = 1; i < size - 1; i++) {
      data[i] = (byte) (random.nextInt(95) + ' ');
    }
    data[size - 1] = '"';
    TaskRecord record = new TaskRecord(newKey(), 1, LATER, data);
    assertTrue(store().create(record));
    assertHolds(store(), record);
    TaskRecord next = new TaskRecord(record.key(), 2, LATER, data);
    assertTrue(store().replace(next));
    assertHolds(store(), next);
  }

  @Test
  void theLongestKeyIsKept() throws Exception {
    String key = (newKey() + ".A_z").repeat(10).substring(0, 200);
    store().create(record(key, 1, "{}"));
    assertHolds(store(), record(key, 1, "{}"));
  }

  @Test
  void ofManyWritersOneWins() throws Exception {
    int writers = 8;
    int rounds = 10;
    String key = newKey();
    store().create(record(key, 1, "{}"));
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      for (int round = 2; round < rounds + 2; round++) {
        int version = round;
        List<Future<Boolean>> wins = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
          TaskRecord mine = record(key, version, "{\"writer\":" + writer + "}");
          TaskStore store = store();
          wins.add(threads.submit(() -> store.replace(mine)));
        }
        int winners = 0;
        for (int writer = 0; writer < writers; writer++) {
          if (wins.get(writer).get()) {
            winners++;
            assertHolds(store(), record(key, version, "{\"writer\":" + writer + "}"));
          }
        }
        assertEquals(1, winners);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void ofManyCreatorsOneWins() throws Exception {
    int creators = 8;
    String key = newKey();
    ExecutorService threads = Executors.newFixedThreadPool(creators);
    try {
      List<Future<Boolean>> wins = new ArrayList<>();
      for (int creator = 0; creator < creators; creator++) {
        TaskRecord mine = record(key, 1, "{\"creator\":" + creator + "}");
        TaskStore store = store();
        wins.add(threads.submit(() -> store.create(mine)));
      }
      int winners = 0;
      for (Future<Boolean> win : wins) {
        winners += win.get() ? 1 : 0;
      }
      assertEquals(1, winners);
    } finally {
      threads.shutdownNow();
    }
  }
}
