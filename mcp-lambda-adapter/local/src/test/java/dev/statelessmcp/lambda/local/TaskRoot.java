package dev.statelessmcp.lambda.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Deploys single classes of these tests, which are complete in one class file. */
public final class TaskRoot {
  private TaskRoot() {}

  /** Copies the class file to where a class loader looks for it. */
  public static void deploy(Path root, Class<?> type) throws IOException {
    Path target = root.resolve(classFile(type));
    Files.createDirectories(target.getParent());
    Files.write(target, bytes(type));
  }

  static String classFile(Class<?> type) {
    return type.getName().replace('.', '/') + ".class";
  }

  static byte[] bytes(Class<?> type) throws IOException {
    try (InputStream in = type.getResourceAsStream("/" + classFile(type))) {
      return in.readAllBytes();
    }
  }
}
