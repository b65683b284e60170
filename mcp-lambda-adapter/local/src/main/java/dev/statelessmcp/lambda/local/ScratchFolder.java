package dev.statelessmcp.lambda.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.ZoneOffset;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A temporary folder, which is deleted with its content when it is closed. */
public final class ScratchFolder implements AutoCloseable {
  private final Path path;

  private ScratchFolder(Path path) {
    this.path = path;
  }

  /**
   * Creates an empty folder.
   *
   * @return the folder; close it to delete it
   * @throws IOException if it cannot be created
   */
  public static ScratchFolder create() throws IOException {
    return new ScratchFolder(Files.createTempDirectory("lambda-"));
  }

  /**
   * The path.
   *
   * @return an absolute path; never null
   */
  public Path path() {
    return path;
  }

  /**
   * Creates a folder in it.
   *
   * @param name the name of the new folder
   * @return the new folder
   * @throws IOException if it cannot be created
   */
  public Path folder(String name) throws IOException {
    return Files.createDirectory(path.resolve(name));
  }

  /**
   * Unpacks a file as Lambda does, into a new folder.
   *
   * @param zip a zip or jar file
   * @param name the name of the new folder
   * @return the new folder
   * @throws IOException if the file cannot be read, or has an entry outside of the folder
   */
  public Path unzip(Path zip, String name) throws IOException {
    Path folder = folder(name);
    unzip(zip, folder);
    return folder;
  }

  /**
   * Unpacks a file into an existing folder.
   *
   * @param zip a zip or jar file
   * @param folder an existing folder
   * @throws IOException if the file cannot be read, or has an entry outside of the folder
   */
  public static void unzip(Path zip, Path folder) throws IOException {
    try (InputStream in = Files.newInputStream(zip);
        ZipInputStream entries = new ZipInputStream(in)) {
      for (ZipEntry entry; (entry = entries.getNextEntry()) != null; ) {
        Path file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder)) {
          throw new IOException(zip + " has an entry outside of itself: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          Files.copy(entries, file);
          Files.setLastModifiedTime(file, time(entry));
        }
      }
    }
  }

  /** The time of an entry in UTC, as on Lambda; a zip file has no time zone. */
  private static FileTime time(ZipEntry entry) {
    return entry.getExtra() == null
        ? FileTime.from(entry.getTimeLocal().toInstant(ZoneOffset.UTC))
        : entry.getLastModifiedTime();
  }

  @Override
  public void close() {
    try {
      Files.walkFileTree(path, new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
            throws IOException {
          Files.delete(file);
          return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failure)
            throws IOException {
          Files.delete(folder);
          return FileVisitResult.CONTINUE;
        }
      });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
