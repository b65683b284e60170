package dev.statelessmcp.resource;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A URI template of RFC 6570 with the expressions {@code {var}} and {@code {+var}}, and literal
 * text between any two. Matching scans the URI once for each literal, so no URI can make it slow.
 */
final class UriTemplate {

  /** A variable and the literal that follows it. */
  private record Variable(String name, boolean slashes, String then) {}

  private final String text;
  private final String prefix;
  private final List<Variable> variables;

  private UriTemplate(String text, String prefix, List<Variable> variables) {
    this.text = text;
    this.prefix = prefix;
    this.variables = variables;
  }

  static UriTemplate parse(String text) {
    int open = text.indexOf('{');
    if (open < 0) {
      throw new IllegalArgumentException("\"" + text + "\" has no variable; use a resource");
    }
    List<Variable> variables = new ArrayList<>();
    if (text.lastIndexOf('}', open) >= 0) {
      throw new IllegalArgumentException("\"" + text + "\" has a } without {");
    }
    int at = open;
    while (at < text.length()) {
      int close = text.indexOf('}', at);
      if (close < 0) {
        throw new IllegalArgumentException("\"" + text + "\" has a { without }");
      }
      int next = text.indexOf('{', close);
      String then = text.substring(close + 1, next < 0 ? text.length() : next);
      if (next >= 0 && then.isEmpty()) {
        throw new IllegalArgumentException(
            "\"" + text + "\" has two variables without literal text between them");
      }
      if (then.indexOf('}') >= 0) {
        throw new IllegalArgumentException("\"" + text + "\" has a } without {");
      }
      variables.add(variable(text, text.substring(at + 1, close), then));
      at = next < 0 ? text.length() : next;
    }
    long names = variables.stream().map(Variable::name).distinct().count();
    if (names < variables.size()) {
      throw new IllegalArgumentException("\"" + text + "\" has a variable twice");
    }
    return new UriTemplate(text, text.substring(0, open), List.copyOf(variables));
  }

  private static Variable variable(String text, String expression, String then) {
    boolean slashes = expression.startsWith("+");
    String name = slashes ? expression.substring(1) : expression;
    boolean good = !name.isEmpty();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      good &= (c < 128 && Character.isLetterOrDigit(c)) || c == '_' || c == '.';
    }
    if (!good) {
      throw new IllegalArgumentException("\"" + text + "\" has the expression {" + expression
          + "}; supported are {var} and {+var}");
    }
    return new Variable(name, slashes, then);
  }

  List<String> variables() {
    return variables.stream().map(Variable::name).toList();
  }

  /** The values of the variables, decoded; empty if the URI does not match. */
  Optional<Map<String, String>> match(String uri) {
    if (!uri.startsWith(prefix)) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    int at = prefix.length();
    for (int i = 0; i < variables.size(); i++) {
      Variable variable = variables.get(i);
      boolean last = i == variables.size() - 1;
      int end;
      if (!last) {
        // A + variable is greedy
        end = variable.slashes ? uri.lastIndexOf(variable.then) : uri.indexOf(variable.then, at);
      } else {
        end = uri.endsWith(variable.then) ? uri.length() - variable.then.length() : -1;
      }
      String value = end <= at ? null : decoded(uri.substring(at, end), variable.slashes);
      if (value == null) {
        return Optional.empty();
      }
      values.put(variable.name, value);
      at = end + variable.then.length();
    }
    return Optional.of(values);
  }

  /**
   * The decoded value; null if it is not allowed. An encoded slash counts as a slash, and {@code .}
   * and {@code ..} are never values: a handler may use the value as a path.
   */
  private static @Nullable String decoded(String raw, boolean slashes) {
    String value = percentDecoded(raw);
    if (value == null || value.indexOf('\0') >= 0) {
      return null;
    }
    if (!slashes && (value.indexOf('/') >= 0 || value.indexOf('\\') >= 0)) {
      return null;
    }
    if (value.startsWith("/") || value.startsWith("\\")) {
      return null; // an absolute path, which resolves outside a handler's folder
    }
    for (String step : value.split("[/\\\\]", -1)) {
      if (step.equals("..") || step.equals(".")) {
        return null;
      }
    }
    return value;
  }

  private static @Nullable String percentDecoded(String raw) {
    if (raw.indexOf('%') < 0) {
      return raw;
    }
    byte[] in = raw.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length];
    int length = 0;
    for (int i = 0; i < in.length; i++) {
      if (in[i] != '%') {
        out[length++] = in[i];
        continue;
      }
      int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
      int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        return null;
      }
      out[length++] = (byte) (high * 16 + low);
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(out, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
