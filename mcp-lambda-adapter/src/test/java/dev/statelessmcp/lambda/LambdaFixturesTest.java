package dev.statelessmcp.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.fixtures.FixtureAnswer;
import dev.statelessmcp.fixtures.FixtureRequest;
import dev.statelessmcp.fixtures.FixtureServer;
import dev.statelessmcp.fixtures.FixtureSuite;
import dev.statelessmcp.fixtures.FixtureTransport;
import java.util.ArrayList;
import java.util.List;

/** Every fixture through every shape of event. */
class LambdaFixturesTest extends FixtureSuite {
  private static final LambdaSettings SETTINGS = LambdaSettings.defaults().path("/echo/mcp");
  private static final TestFunction FUNCTION = new TestFunction(FixtureServer.create(), SETTINGS);

  private static final TestFunction EXTENDED =
      new TestFunction(FixtureServer.create(FixtureServer.EXTENDED), SETTINGS);

  @Override
  protected List<FixtureTransport> transports() {
    List<FixtureTransport> transports = new ArrayList<>();
    for (EventShape shape : EventShape.values()) {
      transports.add(new HttpEventTransport(shape, FUNCTION::invoke));
      transports.add(new HttpEventTransport(FixtureServer.EXTENDED, shape, EXTENDED::invoke));
    }
    transports.add(new Direct());
    return transports;
  }

  /** A direct invocation: a message without HTTP around it. */
  private static final class Direct implements FixtureTransport {

    /**
     * Nothing says the revision of a legacy message here, so the function assumes 2025-03-26. The
     * later legacy revisions cannot be reached, except by initialize, which says its own.
     */
    @Override
    public boolean carries(FixtureRequest request) {
      return request.modern()
          || request.isInitialize()
          || List.of("2024-11-05", "2025-03-26").contains(request.version());
    }

    @Override
    public FixtureAnswer send(FixtureRequest request) {
      JsonNode answer = FUNCTION.invoke(request.body());
      return FixtureAnswer.withoutHttp(List.of(), answer.isEmpty() ? null : answer);
    }

    @Override
    public String name() {
      return "direct invocation";
    }

    @Override
    public boolean http() {
      return false;
    }

    @Override
    public boolean streams() {
      return false;
    }
  }
}
