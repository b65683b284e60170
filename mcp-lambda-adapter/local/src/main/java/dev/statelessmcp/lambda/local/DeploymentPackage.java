package dev.statelessmcp.lambda.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The deployment package of a function: a folder, or a zip or jar file that is unpacked once for
 * all processes. Immutable; closing it deletes the unpacked files.
 */
public final class DeploymentPackage implements AutoCloseable {
  private static final String INTERFACES = "com.amazonaws.services.lambda.runtime.Request";

  private final ScratchFolder scratch;
  private final Path root;

  private DeploymentPackage(ScratchFolder scratch, Path root) {
    this.scratch = scratch;
    this.root = root;
  }

  /**
   * Opens a package.
   *
   * @param file a folder, or a zip or jar file; not null
   * @return the package; close it to delete the unpacked files
   * @throws IOException if the file does not exist or is not a zip file
   */
  public static DeploymentPackage open(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    ScratchFolder scratch = ScratchFolder.create();
    try {
      if (Files.isDirectory(file)) {
        return new DeploymentPackage(scratch, file.toAbsolutePath());
      }
      Path root = scratch.unzip(file, "task");
      try (Stream<Path> files = Files.list(root)) {
        if (files.findAny().isEmpty()) {
          throw new IOException(file + " is not a zip file, or has nothing in it");
        }
      }
      return new DeploymentPackage(scratch, root);
    } catch (IOException | RuntimeException e) {
      scratch.close();
      throw e;
    }
  }

  /**
   * The folder that becomes the function's task root.
   *
   * @return an absolute path; never null
   */
  public Path root() {
    return root;
  }

  /**
   * Checks the handler without running its code. The runtime client would start without a handler,
   * and fail the first call.
   *
   * @param handler as in the function's configuration
   * @return the problem; empty if there is none
   * @throws IOException if the package cannot be read
   */
  public Optional<String> problem(String handler) throws IOException {
    try (ScratchFolder folder = ScratchFolder.create()) {
      RuntimeClient client = RuntimeClient.unpack(folder.path());
      try (URLClassLoader loader = loader(client.jars())) {
        return problem(loader, handler.split("::", 2));
      }
    }
  }

  /**
   * Whether the package itself has a class.
   *
   * @param className the binary name of the class
   * @return true if the class is in the package, without the JDK and the runtime client
   * @throws IOException if the package cannot be read
   */
  public boolean has(String className) throws IOException {
    try (URLClassLoader loader = loader(List.of())) {
      return loader.getResource(className.replace('.', '/') + ".class") != null;
    }
  }

  @Override
  public void close() {
    scratch.close();
  }

  private static Optional<String> problem(ClassLoader loader, String[] handler) {
    String name = handler[0];
    try {
      Class<?> type = Class.forName(name, false, loader);
      if (handler.length == 2) {
        return Stream.of(type.getMethods()).anyMatch(it -> it.getName().equals(handler[1]))
            ? Optional.empty()
            : Optional.of("Class " + name + " has no public method named " + handler[1]);
      }
      if (!isHandler(type)) {
        return Optional.of(
            "Class " + name + " implements neither RequestHandler nor RequestStreamHandler");
      }
      boolean constructible = Stream.of(type.getConstructors())
          .anyMatch(constructor -> constructor.getParameterCount() == 0);
      return constructible
          ? Optional.empty()
          : Optional.of("Class " + name + " has no public zero-argument constructor");
    } catch (ClassNotFoundException e) {
      return Optional.of("Class not found: " + name);
    } catch (UnsupportedClassVersionError e) {
      return Optional.empty(); // the function's Java reports it, which may be a newer one
    } catch (LinkageError e) {
      return Optional.of("Class " + name + " cannot be loaded: " + e);
    }
  }

  private static boolean isHandler(Class<?> type) {
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      for (Class<?> implemented : at.getInterfaces()) {
        if (implemented.getName().startsWith(INTERFACES) || isHandler(implemented)) {
          return true;
        }
      }
    }
    return false;
  }

  private URLClassLoader loader(List<Path> more) throws IOException {
    List<URL> urls = new ArrayList<>(List.of(url(root)));
    Path lib = root.resolve("lib");
    if (Files.isDirectory(lib)) {
      try (Stream<Path> jars = Files.list(lib)) {
        jars.filter(jar -> jar.toString().endsWith(".jar"))
            .sorted()
            .map(DeploymentPackage::url)
            .forEach(urls::add);
      }
    }
    more.forEach(jar -> urls.add(url(jar)));
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }
}
