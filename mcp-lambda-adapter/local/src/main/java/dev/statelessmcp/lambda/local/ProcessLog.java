package dev.statelessmcp.lambda.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The output of a function's process: stored in files, or passed on line by line. */
final class ProcessLog {
  private static final long MAX_DRAIN_MILLIS = 2_000;

  private final Path folder;
  private final @Nullable Consumer<String> lines;
  private final List<Thread> followers = new ArrayList<>();

  /**
   * Creates a log.
   *
   * @param folder the folder of the files
   * @param lines receives each line of stdout and stderr; null to use files
   */
  ProcessLog(Path folder, @Nullable Consumer<String> lines) {
    this.folder = folder;
    this.lines = lines;
  }

  void redirect(ProcessBuilder process) {
    if (lines == null) {
      // Files, not pipes: they are complete when an answer arrives, and need no thread.
      process.redirectOutput(folder.resolve("stdout.log").toFile());
      process.redirectError(folder.resolve("stderr.log").toFile());
    }
  }

  void follow(Process process) {
    if (lines != null) {
      follow(process.getInputStream());
      follow(process.getErrorStream());
    }
  }

  /** Waits for the last lines of a process that has ended, but not for those of its children. */
  void drain() throws InterruptedException {
    for (Thread follower : followers) {
      follower.join(MAX_DRAIN_MILLIS);
    }
  }

  /** The output so far; empty if the lines were passed on. */
  String text(String name) {
    try {
      // Not readString, which fails on bytes that are not UTF-8.
      return lines != null
          ? ""
          : new String(Files.readAllBytes(folder.resolve(name + ".log")), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void follow(InputStream stream) {
    Thread thread = new Thread(
        () -> {
          try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
            reader.lines().forEach(lines);
          } catch (IOException | UncheckedIOException e) {
            // The process was killed; what it had printed has been passed on.
          }
        },
        "function-log");
    thread.setDaemon(true);
    thread.start();
    followers.add(thread);
  }
}
