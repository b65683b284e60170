package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.ProtocolVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The members of the messages of a revision and their types, from {@code members.txt}. Other
 * members are allowed. Immutable.
 */
final class MemberRules {
  private static final Map<ProtocolVersion, MemberRules> ALL = new HashMap<>();

  static {
    List<String> lines = lines();
    for (ProtocolVersion version : ProtocolVersion.values()) {
      ALL.put(version, new MemberRules(lines, version.toString()));
    }
  }

  private final Map<String, Shape> types = new HashMap<>();
  private final Map<String, String> methods = new HashMap<>();
  private final String version;

  private MemberRules(List<String> lines, String version) {
    this.version = version;
    for (String line : lines) {
      read(line);
    }
  }

  static MemberRules of(ProtocolVersion version) {
    return Objects.requireNonNull(ALL.get(version));
  }

  private static List<String> lines() {
    List<String> lines = new ArrayList<>();
    try (InputStream in = MemberRules.class.getResourceAsStream("members.txt");
        BufferedReader text =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          lines.add(line.strip());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  private void read(String line) {
    String[] head = line.split(" ", 3);
    switch (head[0]) {
      case "type" -> {
        String[] type = line.substring("type ".length()).split(": ", 2);
        String[] words = type[0].split(" ", -1);
        if (holds(words, 1)) {
          types.put(words[0], typeOf(words[0], type[1]));
        }
      }
      case "choice" -> types.put(head[1], choiceOf(head[2]));
      default -> { // result, request or notification
        String[] words = head[2].split(" ", -1);
        if (holds(words, 1)) {
          methods.put(head[0] + " " + head[1], words[0]);
        }
      }
    }
  }

  private static String name(String word) {
    return word.substring(0, word.length() - 1); // without the colon
  }

  private Shape typeOf(String name, String text) {
    if (!text.contains(" ")) {
      return new Words(List.of(text.split("\\|", -1)));
    }
    List<Member> members = new ArrayList<>();
    for (String part : text.split(", ", -1)) {
      String[] words = part.split(" ", -1);
      if (holds(words, 2)) {
        boolean optional = words[0].endsWith("?");
        members.add(new Member(optional ? name(words[0]) : words[0], optional, words[1]));
      }
    }
    return new Members(name, members);
  }

  private Shape choiceOf(String text) {
    String[] parts = text.split(": ", 2);
    Map<String, String> choices = new HashMap<>();
    @Nullable String absent = null;
    for (String part : parts[1].split(", ", -1)) {
      String[] words = part.split(" ", -1);
      if (holds(words, 2)) {
        String value = words[0].replace("[", "").replace("]", "");
        absent = value.equals(words[0]) ? absent : words[1];
        choices.put(value, words[1]);
      }
    }
    return parts[0].equals("having")
        ? new Having(choices)
        : new By(parts[0].substring("by ".length()), choices, absent);
  }

  /** Whether the bounds at the end of the words include the revision. */
  private boolean holds(String[] words, int from) {
    for (int i = from; i + 1 < words.length; i += 2) {
      int order = version.compareTo(words[i + 1]);
      if (words[i].equals("since") ? order < 0 : order > 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * The type of the parameters or the result of a method; null if the revision does not have it.
   */
  @Nullable
  String type(String what, String method) {
    return methods.get(what + " " + method);
  }

  /** Checks JSON against a type; adds a line with the place for each problem. */
  void check(String type, JsonNode node, String place, List<String> problems) {
    if (type.endsWith("[]")) {
      checkArray(type.substring(0, type.length() - 2), node, place, problems);
    } else if (type.endsWith("{}")) {
      checkMap(type.substring(0, type.length() - 2), node, place, problems);
    } else if (type.endsWith("*")) {
      String element = name(type);
      if (node.isArray()) {
        checkArray(element, node, place, problems);
      } else {
        check(element, node, place, problems);
      }
    } else if (types.containsKey(type)) {
      types.get(type).check(this, node, place, problems);
    } else if (!isOfKind(type, node)) {
      problems.add(place + " must be " + described(type) + ", was " + Json.text(node));
    }
  }

  private void checkArray(String element, JsonNode node, String place, List<String> problems) {
    if (!node.isArray()) {
      problems.add(place + " must be an array, was " + Json.text(node));
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      check(element, node.get(i), place + "[" + i + "]", problems);
    }
  }

  private void checkMap(String value, JsonNode node, String place, List<String> problems) {
    if (!node.isObject()) {
      problems.add(place + " must be an object, was " + Json.text(node));
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      check(value, member.getValue(), place + "." + member.getKey(), problems);
    }
  }

  private static boolean isOfKind(String kind, JsonNode node) {
    return switch (kind) {
      case "any" -> true;
      case "string" -> node.isTextual();
      case "number" -> node.isNumber();
      case "integer" -> isInteger(node);
      case "integer-or-null" -> isInteger(node) || node.isNull();
      case "timestamp" -> node.isTextual() && isTimestamp(node.textValue());
      case "boolean" -> node.isBoolean();
      case "object" -> node.isObject();
      case "id" -> node.isTextual() || isInteger(node);
      default -> node.isTextual() && words(kind).contains(node.textValue());
    };
  }

  private static boolean isInteger(JsonNode node) {
    return node.isIntegralNumber()
        || (node.isNumber() && node.decimalValue().stripTrailingZeros().scale() <= 0);
  }

  private static boolean isTimestamp(String text) {
    try {
      OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static List<String> words(String kind) {
    return List.of(kind.replace("\"", "").split("\\|", -1));
  }

  private static String described(String kind) {
    return switch (kind) {
      case "string", "number", "boolean" -> "a " + kind;
      case "integer", "object" -> "an " + kind;
      case "integer-or-null" -> "an integer or null";
      case "timestamp" -> "a time such as 2026-07-28T12:00:00Z";
      case "id" -> "a string or an integer";
      default -> "\"" + String.join("\" or \"", words(kind)) + "\"";
    };
  }

  /** The names of the types that are objects, and which of their members are required. */
  Map<String, Set<String>> requiredMembers() {
    Map<String, Set<String>> required = new HashMap<>();
    types.forEach((name, shape) -> {
      if (shape instanceof Members object) {
        Set<String> names = new TreeSet<>();
        object.members.forEach(member -> {
          if (!member.optional) {
            names.add(member.name);
          }
        });
        required.put(name, names);
      }
    });
    return required;
  }

  /** The kinds of the members of a type by their names; empty if it is not an object. */
  Map<String, String> kinds(String type) {
    Map<String, String> kinds = new HashMap<>();
    if (types.get(type) instanceof Members object) {
      object.members.forEach(member -> kinds.put(member.name, member.kind));
    }
    return kinds;
  }

  private interface Shape {
    void check(MemberRules rules, JsonNode node, String place, List<String> problems);
  }

  private record Member(String name, boolean optional, String kind) {}

  private record Words(List<String> words) implements Shape {
    @Override
    public void check(MemberRules rules, JsonNode node, String place, List<String> problems) {
      if (!node.isTextual() || !words.contains(node.textValue())) {
        problems.add(place + " must be one of " + words + ", was " + Json.text(node));
      }
    }
  }

  private record Members(String name, List<Member> members) implements Shape {
    @Override
    public void check(MemberRules rules, JsonNode node, String place, List<String> problems) {
      if (!node.isObject()) {
        problems.add(place + " must be an object (" + name + "), was " + Json.text(node));
        return;
      }
      for (Member member : members) {
        JsonNode value = node.get(member.name);
        if (value != null) {
          rules.check(member.kind, value, place + "." + member.name, problems);
        } else if (!member.optional) {
          problems.add(place + "." + member.name + " is required (" + name + ")");
        }
      }
    }
  }

  private record By(
      String member, Map<String, String> choices, @Nullable String absent) implements Shape {
    @Override
    public void check(MemberRules rules, JsonNode node, String place, List<String> problems) {
      JsonNode value = node.path(member);
      String type = value.isMissingNode() && node.isObject() ? absent : choices.get(value.asText());
      if (type == null) {
        problems.add(place + "." + member + " must be one of " + new TreeSet<>(choices.keySet())
            + ", was " + (value.isMissingNode() ? "missing" : Json.text(value)));
      } else {
        rules.check(type, node, place, problems);
      }
    }
  }

  private record Having(Map<String, String> choices) implements Shape {
    @Override
    public void check(MemberRules rules, JsonNode node, String place, List<String> problems) {
      for (Map.Entry<String, String> choice : choices.entrySet()) {
        if (node.has(choice.getKey())) {
          rules.check(choice.getValue(), node, place, problems);
          return;
        }
      }
      problems.add(place + " must have one of " + new TreeSet<>(choices.keySet()));
    }
  }
}
