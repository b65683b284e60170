package dev.statelessmcp.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Keeps what goes to a logger, and keeps it from the output of the tests. */
public final class RecordedLog extends Handler implements AutoCloseable {
  private final Logger logger;
  private final Level level;
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  private RecordedLog(String name) {
    logger = Logger.getLogger(name);
    level = logger.getLevel();
    logger.setLevel(Level.ALL);
    logger.setUseParentHandlers(false);
    logger.addHandler(this);
  }

  /** The lines of requests. */
  public static RecordedLog ofRequests() {
    return new RecordedLog("dev.statelessmcp.requests");
  }

  /** The failures. */
  public static RecordedLog ofFailures() {
    return new RecordedLog("dev.statelessmcp");
  }

  public List<LogRecord> records() {
    return records;
  }

  /** What was logged, with its level and without durations. */
  public List<String> lines() {
    return records.stream()
        .map(record ->
            record.getLevel() + " " + record.getMessage().replaceAll(" durationMs=[0-9]+", ""))
        .toList();
  }

  /** Waits for a number of lines: some are written after the answer. */
  public List<String> lines(int number) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Waiting.SECONDS);
    while (records.size() < number && System.nanoTime() < end) {
      Thread.sleep(10);
    }
    return lines();
  }

  @Override
  public void publish(LogRecord record) {
    records.add(record);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
    logger.setLevel(level);
  }
}
