package dev.statelessmcp.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * The question for the client's root directories. Roots are deprecated since 2026-07-28: it works,
 * and new servers should rather take what they need as arguments.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/client/roots">Roots</a>
 */
public final class Roots implements Question<List<Roots.Root>> {

  private Roots() {}

  /**
   * A root directory.
   *
   * @param uri where it is, such as {@code file:///home/ann/project}; not null
   * @param name what it is called, or null
   */
  public record Root(String uri, String name) {}

  /**
   * The question.
   *
   * @return a question
   */
  public static Question<List<Root>> list() {
    return new Roots();
  }

  @Override
  public QuestionKind kind() {
    return QuestionKind.ROOTS;
  }

  @Override
  public String method() {
    return "roots/list";
  }

  @Override
  public ObjectNode params() {
    return Json.object();
  }

  @Override
  public List<Root> read(ObjectNode answer) throws InvalidAnswerException {
    if (!answer.path("roots").isArray()) {
      throw new InvalidAnswerException("roots must be an array");
    }
    List<Root> roots = new ArrayList<>();
    for (JsonNode root : answer.get("roots")) {
      if (!root.path("uri").isTextual()) {
        throw new InvalidAnswerException("roots[" + roots.size() + "].uri must be a string");
      }
      roots.add(new Root(root.get("uri").textValue(), root.path("name").textValue()));
    }
    return List.copyOf(roots);
  }
}
