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

/** A temporary folder that takes everything in it along when it is closed. */
public final class ScratchFolder implements AutoCloseable {
  private final Path path;

  private ScratchFolder(Path path) {
    this.path = path;
  }

  /**
   * Makes an empty folder.
   *
   * @return the folder; close it to delete it
   * @throws IOException when it cannot be made
   */
  public static ScratchFolder create() throws IOException {
    return new ScratchFolder(Files.createTempDirectory("lambda-"));
  }

  /**
   * Where it is.
   *
   * @return an absolute path; never null
   */
  public Path path() {
    return path;
  }

  /**
   * Makes a folder in it.
   *
   * @param name the name of the new folder
   * @return the new folder
   * @throws IOException when it cannot be made
   */
  public Path folder(String name) throws IOException {
    return Files.createDirectory(path.resolve(name));
  }

  /**
   * Unpacks as Lambda does, into a new folder; refuses entries that point out of it.
   *
   * @param zip a zip or jar file
   * @param name the name of the new folder
   * @return the new folder
   * @throws IOException when the file cannot be read, or has an entry that points out of the folder
   */
  public Path unzip(Path zip, String name) throws IOException {
    Path folder = folder(name);
    unzip(zip, folder);
    return folder;
  }

  /**
   * The same, into a folder that there is.
   *
   * @param zip a zip or jar file
   * @param folder an existing folder
   * @throws IOException when the file cannot be read, or has an entry that points out of the folder
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

  /** As on Lambda, whose clock is UTC: a zip file need not say which clock its times are of. */
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
