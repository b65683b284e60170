package dev.statelessmcp.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.ReferencedClassObject;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Keeps the metadata for native images complete: each class of the library that uses reflection or
 * reads resources is named by a condition in the metadata of its artifact, or reads only what is
 * the user's.
 *
 * @see <a
 *     href="https://www.graalvm.org/latest/reference-manual/native-image/metadata/">Reachability
 *     Metadata</a>
 */
class NativeImageTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final Pattern MODULE = Pattern.compile("<module>(mcp-[^<]+)</module>");
  private static final Pattern ARTIFACT =
      Pattern.compile("</parent>\\s*<artifactId>([^<]+)</artifactId>");

  /** Tools of tests, which run on a JVM. */
  private static final Set<String> OF_TESTS =
      Set.of("mcp-core/test-kit", "mcp-lambda-adapter/test-kit", "mcp-lambda-adapter/local");

  /**
   * These read the types and files of the user alone; docs/native-image.md says what to register.
   */
  private static final Set<String> OF_THE_USER = Set.of(
      "dev.statelessmcp.annotation.AnnotatedMethod",
      "dev.statelessmcp.app.App",
      "dev.statelessmcp.binding.AnnotatedComponents",
      "dev.statelessmcp.binding.ClassFile",
      "dev.statelessmcp.binding.Component",
      "dev.statelessmcp.binding.ComponentAnnotations",
      "dev.statelessmcp.binding.EnumType",
      "dev.statelessmcp.binding.JacksonAnnotations",
      "dev.statelessmcp.binding.JacksonEnum",
      "dev.statelessmcp.binding.JavaArrayType",
      "dev.statelessmcp.binding.SealedType",
      "dev.statelessmcp.lambda.runtime.HandlerLoader",
      "dev.statelessmcp.skill.FileTree");

  /** Parameters and results of annotated methods, which are recognised and not bound to JSON. */
  private static final Set<String> NOT_BOUND = Set.of(
      "dev.statelessmcp.call.Caller",
      "dev.statelessmcp.call.TraceContext",
      "dev.statelessmcp.prompt.PromptMessage");

  /** What a native image answers only for what is registered. */
  private static final Map<String, Set<String>> REFLECTION = Map.of(
      "java.lang.Class",
      Set.of(
          "forName",
          "newInstance",
          "getMethod",
          "getMethods",
          "getDeclaredMethod",
          "getDeclaredMethods",
          "getField",
          "getFields",
          "getDeclaredField",
          "getDeclaredFields",
          "getConstructor",
          "getConstructors",
          "getDeclaredConstructor",
          "getDeclaredConstructors",
          "getRecordComponents",
          "getPermittedSubclasses",
          "getClasses",
          "getDeclaredClasses",
          "getResource",
          "getResourceAsStream"),
      "java.lang.ClassLoader",
      Set.of(
          "loadClass",
          "getResource",
          "getResources",
          "getResourceAsStream",
          "getSystemResource",
          "getSystemResources",
          "getSystemResourceAsStream"),
      "java.lang.Module",
      Set.of("getResourceAsStream"),
      "java.lang.reflect.Array",
      Set.of("newInstance"),
      "java.lang.reflect.Proxy",
      Set.of("newProxyInstance"),
      "java.lang.reflect.Method",
      Set.of("invoke"),
      "java.lang.reflect.Constructor",
      Set.of("newInstance"),
      "java.util.ResourceBundle",
      Set.of("getBundle"),
      "java.util.ServiceLoader",
      Set.of("load", "loadInstalled"),
      "java.io.ObjectInputStream",
      Set.of("readObject"));

  private record Module(String folder, JavaClasses classes, JsonNode metadata) {}

  @Test
  void everyUseOfReflectionIsNamed() throws IOException {
    Set<String> usersOfReflection = new HashSet<>();
    List<String> missing = new ArrayList<>();
    for (Module module : modules()) {
      Set<String> conditions = conditions(module.metadata());
      Set<String> found = usersOfReflection(module.classes());
      usersOfReflection.addAll(found);
      for (String type : found) {
        if (!conditions.contains(type) && !OF_THE_USER.contains(type)) {
          missing.add(type + " in the metadata of " + module.folder());
        }
      }
    }
    assertEquals(List.of(), missing, "uses reflection, and no condition names it");
    Set<String> silent = new TreeSet<>(OF_THE_USER);
    silent.removeAll(usersOfReflection);
    assertEquals(Set.of(), silent, "reads nothing, or its module is not built");
  }

  /** A record of the library's own that is bound to JSON is made and read by reflection. */
  @Test
  void everyRecordThatTheLibraryBindsIsRegistered() throws IOException {
    Set<String> registered = new TreeSet<>();
    Set<String> bound = new TreeSet<>(Set.of("dev.statelessmcp.tool.NoArguments"));
    for (Module module : modules()) {
      for (JsonNode entry : module.metadata().path("reflection")) {
        if (entry.path("allDeclaredFields").asBoolean()) {
          registered.add(entry.path("type").asText());
        }
      }
      for (JavaClass type : module.classes()) {
        for (ReferencedClassObject named : type.getReferencedClassObjects()) {
          if (named.getRawType().isRecord()
              && named.getRawType().getPackageName().startsWith("dev.statelessmcp")) {
            bound.add(named.getRawType().getName());
          }
        }
      }
    }
    bound.removeAll(NOT_BOUND);
    assertEquals(bound, registered);
  }

  /** What was renamed or removed has no entry left, and each entry is what its class asks for. */
  @Test
  void everyEntryIsTrue() throws Exception {
    int entries = 0;
    for (Module module : modules()) {
      for (JsonNode entry : module.metadata().path("reflection")) {
        entries++;
        String user = condition(entry);
        assertTrue(module.classes().contain(user), user);
        String name = entry.path("type").asText();
        Class<?> type = Class.forName(name, false, getClass().getClassLoader());
        String source = source(module, user);
        assertTrue(
            user.equals(name)
                || type.isAnnotation()
                || type.isRecord()
                || source.contains(type.getSimpleName()),
            user + " does not name " + name);
        for (JsonNode method : entry.path("methods")) {
          String called = method.path("name").asText();
          assertTrue(
              called.equals("<init>") || source.contains('"' + called + '"'),
              user + " does not name " + called);
          assertTrue(has(type, method), name + "." + called);
        }
      }
      for (JsonNode entry : module.metadata().path("resources")) {
        entries++;
        assertTrue(module.classes().contain(condition(entry)), condition(entry));
        String path = entry.path("glob").asText();
        assertNotNull(getClass().getClassLoader().getResource(path), path);
      }
    }
    assertTrue(entries > 10, "entries: " + entries);
  }

  /** Parameters are compared by name; a method of a later Java than this one is not here to see. */
  private static boolean has(Class<?> type, JsonNode method) {
    String name = method.path("name").asText();
    List<String> parameters = new ArrayList<>();
    method.path("parameterTypes").forEach(one -> parameters.add(one.asText()));
    if (name.equals("<init>")) {
      return Stream.of(type.getDeclaredConstructors())
          .anyMatch(one -> names(one.getParameterTypes()).equals(parameters));
    }
    boolean isLater =
        name.toLowerCase(Locale.ROOT).contains("virtualthread") || name.endsWith("NamedGroups");
    if (isLater && Runtime.version().feature() < 21) {
      return true;
    }
    return Stream.of(type.getDeclaredMethods())
        .anyMatch(
            one -> one.getName().equals(name) && names(one.getParameterTypes()).equals(parameters));
  }

  private static List<String> names(Class<?>[] types) {
    return Stream.of(types).map(Class::getTypeName).toList(); // an array is String[]
  }

  /** The modules that are built: in the whole build all of them. */
  private static List<Module> modules() throws IOException {
    List<Module> modules = new ArrayList<>();
    Matcher module = MODULE.matcher(Files.readString(ROOT.resolve("pom.xml")));
    while (module.find()) {
      Path folder = ROOT.resolve(module.group(1));
      Path classes = folder.resolve("target").resolve("classes");
      if (Files.isDirectory(classes) && !OF_TESTS.contains(module.group(1))) {
        Matcher artifact = ARTIFACT.matcher(Files.readString(folder.resolve("pom.xml")));
        assertTrue(artifact.find(), module.group(1));
        Path metadata = classes
            .resolve("META-INF/native-image/dev.statelessmcp")
            .resolve(artifact.group(1))
            .resolve("reachability-metadata.json");
        modules.add(new Module(
            module.group(1),
            new ClassFileImporter().importPath(classes),
            new ObjectMapper()
                .readTree(Files.exists(metadata) ? Files.readString(metadata) : "{}")));
      }
    }
    assertTrue(modules.size() > 6, "modules: " + modules.size());
    return modules;
  }

  private static Set<String> usersOfReflection(JavaClasses classes) {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : classes) {
      for (JavaAccess<?> access : type.getAccessesFromSelf()) {
        Set<String> names = REFLECTION.get(access.getTargetOwner().getName());
        boolean lookup =
            access.getTargetOwner().getName().equals("java.lang.invoke.MethodHandles$Lookup");
        if (lookup || (names != null && names.contains(access.getTarget().getName()))) {
          found.add(outermost(type).getName());
        }
      }
    }
    return found;
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(NativeImageTest::outermost).orElse(type);
  }

  private static Set<String> conditions(JsonNode metadata) {
    Set<String> conditions = new HashSet<>();
    for (String kind : List.of("reflection", "resources")) {
      metadata.path(kind).forEach(entry -> conditions.add(condition(entry)));
    }
    return conditions;
  }

  private static String condition(JsonNode entry) {
    return entry.path("condition").path("typeReached").asText();
  }

  private static String source(Module module, String type) throws IOException {
    return Files.readString(ROOT.resolve(module.folder())
        .resolve("src/main/java")
        .resolve(type.replace('.', '/') + ".java"));
  }
}
