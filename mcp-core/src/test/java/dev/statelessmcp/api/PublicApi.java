package dev.statelessmcp.api;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The public API of one artifact as text: its public types, and their public and protected members
 * with generics, sorted. Needs the JDK alone, and gives the same text on every JDK.
 *
 * <p>A module joins with one test, and a first run with {@code -Dapi.update=true}:
 *
 * <pre>{@code
 * @Test
 * void publicApiIsAsRecorded() throws Exception {
 *   PublicApi.check();
 * }
 * }</pre>
 *
 * <p>Left out are hidden packages and types, members that take or return these, bridges,
 * {@code values} and {@code valueOf} of enums, and overrides of {@code toString}, {@code hashCode}
 * and {@code equals}. Public members that a type inherits from a class which is not public are
 * listed with the type.
 */
public final class PublicApi {
  private static final Path FILE = Path.of("src", "api", "api.txt");
  private static final Path CLASSES = Path.of("target", "classes");
  /** Packages and types that are public only because Java has nothing between. */
  private static final List<String> HIDDEN = List.of(
      "dev.statelessmcp.engine",
      "dev.statelessmcp.binding",
      "dev.statelessmcp.jetty.JettyLog",
      "dev.statelessmcp.http.HttpHeaders.Builder",
      "dev.statelessmcp.http.io",
      "dev.statelessmcp.jsonrpc.ResponseScan",
      "dev.statelessmcp.lambda.event.HttpEvent",
      "dev.statelessmcp.lambda.event.LoadBalancerClaims",
      "dev.statelessmcp.lambda.local.async",
      "dev.statelessmcp.lambda.local.event",
      "dev.statelessmcp.lambda.local.front",
      "dev.statelessmcp.lambda.local.http",
      "dev.statelessmcp.lambda.runtime",
      "dev.statelessmcp.transport.FailureLog");

  private static final String UPDATE = "-Dapi.update=true";
  private static final String HEADER = """
      # The public API of this artifact: public types, and their public and protected members.
      # Not listed: what is public to the project's own packages only (PublicApi.HIDDEN).
      # After an intended change, write this file anew: run PublicApiTest with %s
      """.formatted(UPDATE);

  private final Map<String, List<String>> types;

  private PublicApi(Map<String, List<String>> types) {
    this.types = types;
  }

  /**
   * Compares the public API of the module in the working directory with its file, or writes the
   * file if the system property {@code api.update} is {@code true}.
   *
   * @throws AssertionError if they differ; the message has the lines that do
   * @throws IOException if the classes or the file cannot be read
   */
  public static void check() throws IOException {
    PublicApi found = in(CLASSES, true);
    if (Boolean.getBoolean("api.update")) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, HEADER + "\n" + found.text());
      return;
    }
    String recorded = Files.exists(FILE) ? Files.readString(FILE).replace("\r\n", "\n") : "";
    String differences = differences(parse(recorded), found.types);
    if (!differences.isEmpty()) {
      throw new AssertionError("The public API is not as recorded in " + FILE + ":\n" + differences
          + "If this is intended, run the test again with " + UPDATE
          + ", and commit the file with the change.");
    }
  }

  /**
   * Prints how many public types and members there are: for each directory of classes, those of the
   * API, then those of all packages.
   *
   * @param directories directories of compiled classes, which are on the class path too
   * @throws IOException if the classes cannot be read
   */
  public static void main(String[] directories) throws IOException {
    for (String directory : directories) {
      System.out.println(directory + ": " + in(Path.of(directory), true).counts()
          + "; hidden packages too: " + in(Path.of(directory), false).counts());
    }
  }

  /** The public types under a directory of classes, which the class path must have too. */
  static PublicApi in(Path classes, boolean withoutHidden) throws IOException {
    Map<String, List<String>> types = new TreeMap<>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(classes)) {
      files = all.filter(file -> file.toString().endsWith(".class")).toList();
    }
    for (Path file : files) {
      String path = classes.relativize(file).toString();
      String name =
          path.substring(0, path.length() - ".class".length()).replace(File.separatorChar, '.');
      if (name.endsWith("-info") || (withoutHidden && isHidden(name))) {
        continue;
      }
      Class<?> type;
      try {
        type = Class.forName(name, false, PublicApi.class.getClassLoader());
      } catch (ClassNotFoundException e) {
        throw new IOException(name + " is not on the class path", e);
      }
      if (isPublic(type)) {
        types.put(type.getCanonicalName(), withoutHidden ? seen(lines(type)) : lines(type));
      }
    }
    return new PublicApi(types);
  }

  private static boolean isHidden(String name) {
    String dotted = name.replace('$', '.');
    return HIDDEN.stream()
        .anyMatch(hidden -> dotted.equals(hidden) || dotted.startsWith(hidden + "."));
  }

  /** The lines without members that only the project's own packages can call. */
  private static List<String> seen(List<String> lines) {
    List<String> seen = new ArrayList<>();
    for (String line : lines) {
      if (HIDDEN.stream()
          .noneMatch(hidden -> line.matches(".*" + Pattern.quote(hidden) + "\\b.*"))) {
        seen.add(line);
      }
    }
    return seen;
  }

  private static boolean isPublic(Class<?> type) {
    if (type.isSynthetic() || type.isAnonymousClass() || type.isLocalClass()) {
      return false;
    }
    Class<?> around = type.getEnclosingClass();
    return isSeen(type.getModifiers(), around == null ? type : around)
        && (around == null || isPublic(around));
  }

  /** A protected member is seen by subclasses, which a final class does not have. */
  private static boolean isSeen(int modifiers, Class<?> owner) {
    return Modifier.isPublic(modifiers)
        || (Modifier.isProtected(modifiers) && !Modifier.isFinal(owner.getModifiers()));
  }

  String text() {
    StringBuilder text = new StringBuilder();
    types.forEach((name, lines) -> {
      text.append(name).append('\n');
      lines.forEach(line -> text.append("  ").append(line).append('\n'));
      text.append('\n');
    });
    return text.substring(0, Math.max(0, text.length() - 1));
  }

  String counts() {
    int members = types.values().stream().mapToInt(lines -> lines.size() - 1).sum();
    return types.size() + " public types, " + members + " members";
  }

  static Map<String, List<String>> parse(String text) {
    Map<String, List<String>> types = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      if (line.startsWith("  ")) {
        lines.add(line.strip());
      } else if (!line.isBlank() && !line.startsWith("#")) {
        lines = new ArrayList<>();
        types.put(line.strip(), lines);
      }
    }
    return types;
  }

  /**
   * The lines that are in one of them only, under the names of their types; empty if there is none.
   */
  static String differences(Map<String, List<String>> recorded, Map<String, List<String>> found) {
    StringBuilder text = new StringBuilder();
    Set<String> names = new TreeSet<>(recorded.keySet());
    names.addAll(found.keySet());
    for (String name : names) {
      List<String> before = recorded.getOrDefault(name, List.of());
      List<String> after = found.getOrDefault(name, List.of());
      if (!before.equals(after)) {
        text.append(name).append('\n');
        int shown = text.length();
        before.stream()
            .filter(line -> !after.contains(line))
            .forEach(line -> text.append("  - ").append(line).append('\n'));
        after.stream()
            .filter(line -> !before.contains(line))
            .forEach(line -> text.append("  + ").append(line).append('\n'));
        if (text.length() == shown) {
          text.append("  (the same lines in another order, or more than once)\n");
        }
      }
    }
    return text.toString();
  }

  /** The declaration of a type, and then its members. */
  private static List<String> lines(Class<?> type) {
    List<String> fields = new ArrayList<>();
    List<String> constructors = new ArrayList<>();
    List<String> methods = new ArrayList<>();
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (isSeen(constructor.getModifiers(), type) && !constructor.isSynthetic()) {
        constructors.add(executable(constructor, type));
      }
    }
    Set<String> known = new HashSet<>();
    for (Class<?> owner : declaring(type)) {
      for (Field field : owner.getDeclaredFields()) {
        if (isSeen(field.getModifiers(), type)
            && !field.isSynthetic()
            && known.add(field.getName())) {
          fields.add(field(field));
        }
      }
      for (Method method : owner.getDeclaredMethods()) {
        String signature = method.getName() + Arrays.toString(method.getParameterTypes());
        if (isSeen(method.getModifiers(), type)
            && !method.isSynthetic()
            && !isAlwaysThere(method, type)
            && known.add(signature)) {
          methods.add(executable(method, type));
        }
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(declaration(type));
    for (List<String> members : List.of(fields, constructors, methods)) {
      members.sort(null);
      lines.addAll(members);
    }
    return lines;
  }

  /** The type, and what it inherits from and a user cannot see. */
  private static List<Class<?>> declaring(Class<?> type) {
    List<Class<?>> all = new ArrayList<>(List.of(type));
    for (int i = 0; i < all.size(); i++) {
      List<Class<?>> parents = new ArrayList<>(Arrays.asList(all.get(i).getInterfaces()));
      if (all.get(i).getSuperclass() != null) {
        parents.add(0, all.get(i).getSuperclass());
      }
      for (Class<?> parent : parents) {
        if (!isPublic(parent) && !all.contains(parent)) {
          all.add(parent);
        }
      }
    }
    return all;
  }

  private static boolean isAlwaysThere(Method method, Class<?> type) {
    String signature = method.getName() + Arrays.toString(method.getParameterTypes());
    return signature.equals("toString[]")
        || signature.equals("hashCode[]")
        || signature.equals("equals[class java.lang.Object]")
        || (type.isEnum()
            && (signature.equals("values[]")
                || signature.equals("valueOf[class java.lang.String]")));
  }

  private static String declaration(Class<?> type) {
    StringBuilder text =
        new StringBuilder(modifiers(type.getModifiers(), type.isInterface() || type.isEnum()));
    if (type.isMemberClass()
        && Modifier.isStatic(type.getModifiers())
        && !type.isInterface()
        && !type.isEnum()
        && !type.isRecord()) {
      text.append("static ");
    }
    boolean alwaysFinal = type.isRecord() || type.isEnum();
    if (Modifier.isFinal(type.getModifiers()) && !alwaysFinal) {
      text.append("final ");
    }
    if (type.isSealed() && !type.isEnum()) {
      text.append("sealed ");
    }
    text.append(
        type.isAnnotation()
            ? "@interface"
            : type.isInterface()
                ? "interface"
                : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class");
    text.append(variables(type));
    if (type.isRecord()) {
      text.append(Arrays.stream(type.getRecordComponents())
          .map((RecordComponent part) -> name(part.getGenericType()) + " " + part.getName())
          .collect(Collectors.joining(", ", "(", ")")));
    }
    Class<?> parent = type.getSuperclass();
    if (parent != null && parent != Object.class && !alwaysFinal && isPublic(parent)) {
      text.append(" extends ").append(name(type.getGenericSuperclass()));
    }
    String interfaces = Arrays.stream(type.getGenericInterfaces())
        .map(PublicApi::name)
        .filter(name -> !isHidden(name))
        .sorted()
        .collect(Collectors.joining(", "));
    if (!interfaces.isEmpty() && !type.isAnnotation()) {
      text.append(type.isInterface() ? " extends " : " implements ").append(interfaces);
    }
    return text.toString();
  }

  private static String field(Field field) {
    if (field.isEnumConstant()) {
      return "constant " + field.getName();
    }
    int modifiers = field.getModifiers();
    return modifiers(modifiers, false)
        + (Modifier.isStatic(modifiers) ? "static " : "")
        + (Modifier.isFinal(modifiers) ? "final " : "")
        + name(field.getGenericType())
        + " "
        + field.getName();
  }

  private static String executable(Executable member, Class<?> type) {
    int modifiers = member.getModifiers();
    StringBuilder text = new StringBuilder(modifiers(modifiers, type.isInterface()));
    if (member instanceof Method method) {
      text.append(method.isDefault() ? "default " : "")
          .append(Modifier.isStatic(modifiers) ? "static " : "");
      if (Modifier.isFinal(modifiers) && !Modifier.isFinal(type.getModifiers())) {
        text.append("final ");
      }
    }
    String variables = variables(member);
    text.append(variables).append(variables.isEmpty() ? "" : " ");
    if (member instanceof Method method) {
      text.append(name(method.getGenericReturnType())).append(' ').append(method.getName());
    } else {
      text.append(type.getSimpleName());
    }
    List<String> parameters = new ArrayList<>();
    for (Type parameter : member.getGenericParameterTypes()) {
      parameters.add(name(parameter));
    }
    if (member.isVarArgs()) {
      String last = parameters.remove(parameters.size() - 1);
      parameters.add(last.substring(0, last.length() - 2) + "...");
    }
    text.append('(').append(String.join(", ", parameters)).append(')');
    if (member.getExceptionTypes().length > 0) {
      text.append(Arrays.stream(member.getGenericExceptionTypes())
          .map(PublicApi::name)
          .sorted()
          .collect(Collectors.joining(", ", " throws ", "")));
    }
    if (member instanceof Method method && method.getDefaultValue() != null) {
      text.append(" default");
    }
    return text.toString();
  }

  private static String modifiers(int modifiers, boolean alwaysAbstract) {
    return (Modifier.isPublic(modifiers) ? "public " : "protected ")
        + (Modifier.isAbstract(modifiers) && !alwaysAbstract ? "abstract " : "");
  }

  private static String variables(GenericDeclaration declaration) {
    if (declaration.getTypeParameters().length == 0) {
      return "";
    }
    return Arrays.stream(declaration.getTypeParameters())
        .map((TypeVariable<?> variable) ->
            variable.getName() + bounds(" extends ", variable.getBounds()))
        .collect(Collectors.joining(", ", "<", ">"));
  }

  private static String bounds(String word, Type[] bounds) {
    String text = Arrays.stream(bounds)
        .filter(bound -> bound != Object.class)
        .map(PublicApi::name)
        .collect(Collectors.joining(" & "));
    return text.isEmpty() ? "" : word + text;
  }

  private static String name(Type type) {
    if (type instanceof Class<?> c) {
      String name = c.getCanonicalName();
      return name.matches("java\\.lang\\.[A-Z].*") ? name.substring("java.lang.".length()) : name;
    }
    if (type instanceof ParameterizedType p) {
      return name(p.getRawType())
          + Arrays.stream(p.getActualTypeArguments())
              .map(PublicApi::name)
              .collect(Collectors.joining(", ", "<", ">"));
    }
    if (type instanceof GenericArrayType a) {
      return name(a.getGenericComponentType()) + "[]";
    }
    if (type instanceof WildcardType w) {
      return "?" + bounds(" super ", w.getLowerBounds()) + bounds(" extends ", w.getUpperBounds());
    }
    return type.getTypeName(); // a variable
  }
}
