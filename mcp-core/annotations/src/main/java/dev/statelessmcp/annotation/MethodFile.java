package dev.statelessmcp.annotation;

import dev.statelessmcp.binding.ClassFile;
import dev.statelessmcp.schema.Description;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads annotated methods from a class file, in the order of the source.
 *
 * <p>Cold start: reflection generates proxy classes for annotations, about 85 in all. The
 * annotations of parameters are read by reflection if there are others than {@link Description}.
 */
final class MethodFile { // cold start
  private static final String DESCRIPTION =
      "L" + Description.class.getName().replace('.', '/') + ";";

  private final ClassFile file;
  private final String annotation;

  private MethodFile(ClassFile file, String annotation) {
    this.file = file;
    this.annotation = annotation;
  }

  /**
   * A method in the file.
   *
   * @param signature its name and descriptor
   * @param members the members of its annotation that are set, by name
   * @param names the names of the parameters; empty if they are not in the file
   * @param descriptions the descriptions of the parameters, null where there is none; null if there
   *     are other annotations
   */
  record Found(
      String signature,
      Map<String, Object> members,
      List<String> names,
      @Nullable List<@Nullable String> descriptions) {}

  /**
   * Reads the methods with an annotation.
   *
   * @param annotation the name of the annotation's class
   * @return null if the class file cannot be read
   */
  static @Nullable List<Found> methods(Class<?> type, String annotation) {
    try {
      byte[] bytes = ClassFile.bytes(type);
      if (bytes == null) {
        return null;
      }
      ClassFile file = new ClassFile(bytes);
      file.toFields();
      file.skipMembers(); // fields
      return new MethodFile(file, "L" + annotation.replace('.', '/') + ";").methods();
    } catch (IOException e) {
      return null; // reflection can still read it
    }
  }

  private List<Found> methods() {
    List<Found> found = new ArrayList<>();
    for (int n = file.count(); n > 0; n--) {
      file.skip(2); // access
      String signature = file.text() + file.text();
      Map<String, Object> members = null;
      List<String> names = List.of();
      List<@Nullable String> descriptions = List.of();
      boolean others = false;
      for (int a = file.count(); a > 0; a--) {
        String attribute = file.text();
        int end = file.end();
        switch (attribute) {
          case "RuntimeVisibleAnnotations" -> members = ofMethod();
          case "MethodParameters" -> names = names();
          case "RuntimeVisibleParameterAnnotations" -> {
            List<@Nullable String> read = descriptions();
            others |= read == null;
            descriptions = read == null ? descriptions : read;
          }
          default -> others |= attribute.startsWith("RuntimeVisible");
        }
        file.move(end);
      }
      if (members != null) {
        found.add(new Found(signature, members, names, others ? null : descriptions));
      }
    }
    return found;
  }

  /** Reads the annotations of a method. Returns the members of the requested one. */
  private @Nullable Map<String, Object> ofMethod() {
    Map<String, Object> members = null;
    for (int n = file.count(); n > 0; n--) {
      boolean wanted = file.text().equals(annotation);
      Map<String, Object> read = members();
      members = wanted ? read : members;
    }
    return members;
  }

  private Map<String, Object> members() {
    Map<String, Object> members = new HashMap<>();
    for (int n = file.count(); n > 0; n--) {
      String name = file.text();
      members.put(name, value());
    }
    return members;
  }

  /**
   * Reads a value of an annotation. Kinds of values that the library's annotations do not have
   * become an empty string.
   */
  private Object value() {
    int kind = file.next();
    switch (kind) {
      case 's' -> {
        return file.text();
      }
      case 'Z' -> {
        return file.number() != 0;
      }
      case 'e' -> {
        file.skip(2); // the enum
        return file.text();
      }
      case '@' -> {
        file.skip(2); // the annotation
        return members();
      }
      case '[' -> {
        List<Object> values = new ArrayList<>();
        for (int n = file.count(); n > 0; n--) {
          values.add(value());
        }
        return values;
      }
      default -> {
        file.skip(2); // a number or a class
        return "";
      }
    }
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (int n = file.next(); n > 0; n--) {
      names.add(file.text());
      file.skip(2); // access
    }
    return names;
  }

  /** Reads the descriptions of the parameters; null if there are other annotations. */
  private @Nullable List<@Nullable String> descriptions() {
    List<@Nullable String> descriptions = new ArrayList<>();
    for (int n = file.next(); n > 0; n--) {
      int annotations = file.count();
      if (annotations > 1 || (annotations == 1 && !file.text().equals(DESCRIPTION))) {
        return null;
      }
      descriptions.add(annotations == 0 ? null : String.valueOf(members().get("value")));
    }
    return descriptions;
  }
}
