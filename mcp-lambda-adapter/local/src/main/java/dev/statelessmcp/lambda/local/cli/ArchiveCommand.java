package dev.statelessmcp.lambda.local.cli;

import dev.statelessmcp.lambda.local.ClassDataArchive;
import dev.statelessmcp.lambda.local.DeploymentPackage;
import dev.statelessmcp.lambda.local.ScratchFolder;
import dev.statelessmcp.lambda.local.event.EventFormat;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Stream;

/** {@code --archive}: writes a copy of a deployment package with a class-data archive in it. */
final class ArchiveCommand {
  private final Options options;
  private final Path target;

  ArchiveCommand(Options options, Path target) {
    this.options = options;
    this.target = target.toAbsolutePath();
  }

  /** Writes the copy: a zip file if its name ends in .zip, otherwise a folder. */
  void run(DeploymentPackage code, EventFormat format) throws IOException {
    String path = options.gateway().paths().stream().findFirst().orElse("/");
    List<byte[]> events = Training.events(format, path, options.tool(), options.toolArguments());
    try (ScratchFolder scratch = ScratchFolder.create()) {
      Path root = scratch.path().resolve("package");
      copy(code.root(), root);
      ClassDataArchive.add(
          root,
          options.handler(),
          options.javaHome(),
          function -> {
            function.memoryMb(options.memoryMb());
            function.environment("MCP_STREAMING", options.stream() ? "on" : "off");
            options.environment().forEach(function::environment);
          },
          events);
      write(root);
    }
  }

  private void write(Path root) throws IOException {
    if (!target.toString().endsWith(".zip")) {
      copy(root, target);
      return;
    }
    Files.createDirectories(target.resolveSibling(""));
    Files.deleteIfExists(target);
    // The times in a zip file are local times, and Lambda's time zone is UTC
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    URI uri = URI.create("jar:" + target.toUri());
    Map<String, ?> settings = Map.of("create", "true", "enablePosixFileAttributes", "true");
    try (FileSystem zip = FileSystems.newFileSystem(uri, settings)) {
      copy(root, zip.getPath("/"));
    }
  }

  /** Copies a folder with the times of the files. All users may read them, as Lambda requires. */
  private static void copy(Path from, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(from)) {
      files = all.sorted().toList();
    }
    for (Path file : files) {
      Path copied = to.resolve(from.relativize(file).toString());
      boolean runs = Files.isDirectory(file) || isProgram(file);
      if (Files.isDirectory(file)) {
        Files.createDirectories(copied);
      } else {
        Files.copy(
            file, copied, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      }
      if (!copied.equals(copied.getRoot())) {
        Files.setPosixFilePermissions(
            copied, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
      }
    }
  }

  /** Whether a file is executable; unpacked files have lost that permission. */
  private static boolean isProgram(Path file) {
    return Files.isExecutable(file) || file.getFileName().toString().equals("bootstrap");
  }
}
