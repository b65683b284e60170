package dev.statelessmcp.skill;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The files below a folder, by their paths, read once. Only files in this map are served, so no
 * request can name another file. Files and folders whose names begin with a dot are ignored.
 */
final class FileTree {
  /** The maximum size of a skill, and so of each file. */
  static final int MAX_BYTES = 16 << 20;

  private FileTree() {}

  /**
   * Reads the files of a folder.
   *
   * @throws IllegalArgumentException if it is not a folder, a symbolic link leaves it or leads to a
   *     folder, or a file is too large
   */
  static SortedMap<String, byte[]> of(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("there is no folder " + folder);
    }
    SortedMap<String, byte[]> files = new TreeMap<>();
    try {
      Path root = folder.toRealPath();
      Files.walkFileTree(root, new Reader(root, files));
    } catch (IOException e) {
      throw new UncheckedIOException("the skills of " + folder + " cannot be read", e);
    }
    return Collections.unmodifiableSortedMap(files);
  }

  private static final class Reader extends SimpleFileVisitor<Path> {
    private final Path root;
    private final SortedMap<String, byte[]> files;

    Reader(Path root, SortedMap<String, byte[]> files) {
      this.root = root;
      this.files = files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return !folder.equals(root) && isHidden(folder)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (!isHidden(file)) {
        Path real = file.toRealPath(); // the target of a symbolic link
        if (!real.startsWith(root)) {
          throw new IllegalArgumentException("the link " + file + " leaves the folder " + root);
        }
        if (!Files.isRegularFile(real)) {
          throw new IllegalArgumentException(
              file + " must be a regular file; links to folders are not followed");
        }
        requireSize(Files.size(real), file.toString());
        files.put(root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(real));
      }
      return FileVisitResult.CONTINUE;
    }

    private static boolean isHidden(Path path) {
      Path name = path.getFileName();
      return name != null && name.toString().startsWith(".");
    }
  }

  /**
   * Reads the files of a folder of the class path: of one jar or folder of it.
   *
   * @throws IllegalArgumentException if there is no such folder
   */
  static SortedMap<String, byte[]> of(Class<?> beside, String folder) {
    URL url = beside.getResource(withoutSlash(folder));
    if (url == null) {
      throw new IllegalArgumentException(
          "there is no folder " + folder + " on the class path of " + beside.getName());
    }
    try {
      URLConnection connection = url.openConnection();
      if (connection instanceof JarURLConnection jar) {
        return ofJar(jar, folder);
      }
      return of(Path.of(new URI(url.toString())));
    } catch (IOException e) {
      throw new UncheckedIOException("the skills of " + folder + " cannot be read", e);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("the folder " + folder + " has no path", e);
    }
  }

  private static SortedMap<String, byte[]> ofJar(JarURLConnection connection, String folder)
      throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    connection.setUseCaches(false); // so that this copy of the jar may be closed
    try (JarFile jar = connection.getJarFile()) {
      String prefix = withoutSlash(connection.getEntryName()) + "/"; // some loaders add one
      for (JarEntry entry : Collections.list(jar.entries())) {
        String name = entry.getName();
        if (name.startsWith(prefix) && !entry.isDirectory()) {
          String path = name.substring(prefix.length());
          if (!("/" + path).contains("/.")) {
            requireSize(entry.getSize(), name);
            try (InputStream in = jar.getInputStream(entry)) {
              files.put(path, in.readNBytes(MAX_BYTES + 1));
            }
          }
        }
      }
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException("there is no file in the folder " + folder);
    }
    return Collections.unmodifiableSortedMap(files);
  }

  static String withoutSlash(String name) {
    return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
  }

  private static void requireSize(long size, String file) {
    if (size > MAX_BYTES) {
      throw new IllegalArgumentException(
          file + " must have at most " + MAX_BYTES + " bytes, has " + size);
    }
  }
}
