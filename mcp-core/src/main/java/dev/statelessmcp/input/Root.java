package dev.statelessmcp.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A root directory that the client works in. Roots are deprecated since 2026-07-28. They still
 * work; new servers should take directories as arguments instead.
 *
 * <pre>{@code
 * List<Root> roots = call.ask("roots", Question.roots());
 * }</pre>
 *
 * @param uri the URI of the directory, such as {@code file:///home/ann/project}; not null
 * @param name the display name; null if it has none
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/client/roots">Roots</a>
 */
public record Root(String uri, @Nullable String name) {

  static Question<List<Root>> list() {
    return new Question<>(QuestionKind.ROOTS, "roots/list", Json.object(), new Reader());
  }

  private static final class Reader implements Question.AnswerReader<List<Root>> {
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
}
