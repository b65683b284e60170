package dev.statelessmcp.intercept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.McpException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes one line for each message in and out, for development. In production use the request log.
 *
 * <pre>{@code
 * --> id=7 tools/call transport=http era=modern {"name":"book","arguments":"(hidden)"} headers={accept=*}
 * <-- id=7 notifications/progress {"progressToken":7,"progress":1}
 * <-- id=7 tools/call 12 ms {"content":"(hidden)","isError":false}
 * }</pre>
 *
 * <p>Arguments, answers of users, and the results of tools, prompts and resources are hidden,
 * unless {@link #withContent} or {@link #redacting} changes that. Cookies, {@code requestState},
 * and header fields and members with a name like {@code Authorization}, {@code token},
 * {@code password}, {@code secret} or {@code key} are always hidden. A URI is logged without its
 * query. Line breaks and control characters are escaped, and a line is cut at a maximum length.
 * Changes that go to a legacy connection without an operation are not in the log.
 *
 * <p>Immutable and thread-safe. Never write it to standard output in a stdio server.
 */
public final class TrafficLog implements Observer {
  private static final String HIDDEN = "(hidden)";
  private static final int MAX_LENGTH = 2000;

  private static final Set<String> CONTENT = Set.of(
      "arguments",
      "inputResponses",
      "content",
      "structuredContent",
      "contents",
      "messages",
      "completion",
      "roots",
      "data");

  /** Parts of names, in lower case and without hyphens and underscores. */
  private static final List<String> SECRET = List.of(
      "authorization",
      "cookie",
      "password",
      "passwd",
      "secret",
      "credential",
      "apikey",
      "privatekey",
      "accesskey",
      "requeststate",
      "sessionid",
      "signature");

  private final Consumer<String> lines;
  private final int maxLength;
  private final @Nullable UnaryOperator<ObjectNode> redaction; // null hides all content

  private TrafficLog(
      Consumer<String> lines, int maxLength, @Nullable UnaryOperator<ObjectNode> redaction) {
    this.lines = lines;
    this.maxLength = maxLength;
    this.redaction = redaction;
  }

  /**
   * Creates a log that writes to the logger {@code dev.statelessmcp.traffic}, at level INFO.
   *
   * @return the observer; never null
   */
  public static TrafficLog create() {
    System.Logger logger = System.getLogger("dev.statelessmcp.traffic");
    return to(line -> logger.log(Level.INFO, line));
  }

  /**
   * Creates a log that passes each line to a consumer.
   *
   * @param lines takes each line, from any thread; not null
   * @return the observer; never null
   */
  public static TrafficLog to(Consumer<String> lines) {
    return new TrafficLog(Objects.requireNonNull(lines, "lines"), MAX_LENGTH, null);
  }

  /**
   * Logs arguments, answers and results too. Members with secret names stay hidden.
   *
   * @return another observer; never null
   */
  public TrafficLog withContent() {
    return redacting(content -> content);
  }

  /**
   * Sets a redaction, which replaces the rule that hides arguments and results. Members with secret
   * names are hidden before it runs.
   *
   * @param newRedaction takes a copy of the parameters or the result, which it may change, and
   *     returns the object to log; not null
   * @return another observer; never null
   */
  public TrafficLog redacting(UnaryOperator<ObjectNode> newRedaction) {
    return new TrafficLog(lines, maxLength, Objects.requireNonNull(newRedaction, "newRedaction"));
  }

  /**
   * Sets the maximum length of a line.
   *
   * @param characters at least 100; by default 2000
   * @return another observer; never null
   * @throws IllegalArgumentException if it is less
   */
  public TrafficLog maxLength(int characters) {
    if (characters < 100) {
      throw new IllegalArgumentException("maxLength must be at least 100, was " + characters);
    }
    return new TrafficLog(lines, characters, redaction);
  }

  @Override
  public BiConsumer<@Nullable ObjectNode, @Nullable Throwable> begin(Operation operation) {
    StringBuilder in = line("--> ", operation, operation.method());
    in.append(" transport=").append(operation.transport());
    in.append(" era=").append(operation.era() == Era.MODERN ? "modern" : "legacy");
    operation.requestMeta().ifPresent(meta -> in.append(" revision=").append(meta.version()));
    in.append(' ').append(Json.text(redacted(operation.params())));
    Map<String, String> headers = headers(operation);
    if (!headers.isEmpty()) {
      in.append(" headers=").append(headers);
    }
    write(in);
    return (result, failure) -> end(operation, result, failure);
  }

  @Override
  public void between(Operation operation, boolean toClient, String method, ObjectNode content) {
    StringBuilder text = line(toClient ? "<-- " : "--> answer ", operation, method);
    write(text.append(' ').append(Json.text(redacted(content))));
  }

  private void end(Operation operation, @Nullable ObjectNode result, @Nullable Throwable failure) {
    if (operation.isNotification()) {
      return; // has no answer
    }
    StringBuilder out = line("<-- ", operation, operation.method());
    out.append(' ').append(operation.elapsed().toMillis()).append(" ms ");
    if (failure == null && result != null) {
      out.append(Json.text(redacted(result)));
    } else if (operation.isCancelled()) {
      out.append("cancelled");
    } else if (failure instanceof McpException known) {
      out.append(operation.isRefused() ? "refused " : "error ")
          .append(known.error().code());
      if (redaction != null || operation.isRefused()) { // a handler's message may quote arguments
        out.append(' ').append(known.error().message());
      }
    } else {
      out.append("error ").append(ErrorCode.INTERNAL_ERROR);
    }
    write(out);
  }

  private static StringBuilder line(String direction, Operation operation, String method) {
    StringBuilder text = new StringBuilder(direction);
    operation.requestId().ifPresent(id -> text.append("id=").append(id).append(' '));
    return text.append(method.isEmpty() ? "(unread)" : method);
  }

  private void write(StringBuilder line) {
    int length = line.length();
    String kept = length <= maxLength
        ? line.toString()
        : line.substring(0, maxLength) + "… (" + length + " characters)";
    lines.accept(escaped(kept));
  }

  /** As {@link Json#printable}, but leaves the backslashes of JSON as they are. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' || (c >= ' ' && c < 0x7f)) {
        escaped.append(c);
      } else {
        escaped.append(Json.printable(String.valueOf(c), 1));
      }
    }
    return escaped.toString();
  }

  private static Map<String, String> headers(Operation operation) {
    Map<String, String> shown = new TreeMap<>();
    operation
        .headers()
        .forEach(
            (name, values) -> shown.put(name, isSecret(name) ? HIDDEN : String.join(", ", values)));
    return shown;
  }

  private ObjectNode redacted(ObjectNode content) {
    ObjectNode copy = withoutSecrets(content);
    return redaction == null ? withoutContent(copy) : redaction.apply(copy);
  }

  private static ObjectNode withoutSecrets(ObjectNode object) {
    ObjectNode copy = Json.object();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      copy.set(
          member.getKey(),
          isSecret(member.getKey())
              ? Json.NODES.textNode(HIDDEN)
              : withoutSecrets(member.getKey(), member.getValue()));
    }
    return copy;
  }

  private static JsonNode withoutSecrets(String name, JsonNode node) {
    if (node instanceof ObjectNode object) {
      return withoutSecrets(object);
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = Json.array();
      array.forEach(element -> copy.add(withoutSecrets(name, element)));
      return copy;
    }
    return node.isTextual() && (name.equals("uri") || name.equals("url"))
        ? Json.NODES.textNode(RequestLine.withoutSecrets(node.textValue()))
        : node;
  }

  private static boolean isSecret(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    if (plain.endsWith("token") && !plain.equals("progresstoken")) {
      return true;
    }
    for (String part : SECRET) {
      if (plain.contains(part)) {
        return true;
      }
    }
    return false;
  }

  private static ObjectNode withoutContent(ObjectNode copy) {
    for (String name : CONTENT) {
      if (copy.has(name)) {
        copy.put(name, HIDDEN);
      }
    }
    return copy;
  }
}
