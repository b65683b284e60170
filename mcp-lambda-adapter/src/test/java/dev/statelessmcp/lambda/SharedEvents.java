package dev.statelessmcp.lambda;

import java.nio.file.Files;
import java.nio.file.Path;

/** The collected events of real senders, which may lie beside the project. */
public final class SharedEvents {

  private SharedEvents() {}

  /** The name of an event's file, without its ending. */
  public static String name(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - ".json".length());
  }

  /** The folder of the collection; null without one. */
  public static Path folder() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path folder = at.resolve("shared").resolve("lambda-events");
      if (Files.isDirectory(folder)) {
        return folder;
      }
    }
    return null;
  }
}
