package dev.statelessmcp.examples.echo;

import dev.statelessmcp.lambda.local.LambdaProcess;
import dev.statelessmcp.lambda.local.LambdaProcessBuilder;
import dev.statelessmcp.lambda.local.ScratchFolder;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The deployment package of the example with another handler in it: {@link FaultyLambda}. */
final class FaultyFunction {

  private FaultyFunction() {}

  static LambdaProcessBuilder in(Path folder) throws IOException {
    if (!Files.exists(folder.resolve("lib"))) {
      ScratchFolder.unzip(Path.of("..", "echo", "target", "echo-lambda.zip"), folder);
      addClasses(folder);
      addJarOf("org.crac.Core", folder);
    }
    return LambdaProcess.of(folder, FaultyLambda.class.getName());
  }

  private static void addClasses(Path folder) throws IOException {
    Path classes = location(FaultyLambda.class);
    Path own = classes.resolve(FaultyLambda.class.getPackageName().replace('.', '/'));
    List<Path> files;
    try (Stream<Path> all = Files.list(own)) {
      files = all.filter(file -> file.getFileName().toString().startsWith("FaultyLambda"))
          .toList();
    }
    for (Path file : files) {
      Files.copy(file, folder.resolve(classes.relativize(file).toString()));
    }
  }

  private static void addJarOf(String className, Path folder) throws IOException {
    try {
      Path jar = location(Class.forName(className, false, FaultyFunction.class.getClassLoader()));
      Files.copy(jar, folder.resolve("lib").resolve(jar.getFileName()));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(className + " is not among the test dependencies", e);
    }
  }

  private static Path location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
