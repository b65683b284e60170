package dev.statelessmcp.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.fixtures.FixtureAnswer;
import dev.statelessmcp.fixtures.FixtureRequest;
import dev.statelessmcp.fixtures.FixtureServer;
import dev.statelessmcp.fixtures.FixtureTransport;
import dev.statelessmcp.fixtures.Fixtures;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every protocol fixture through every shape of event. */
class LambdaFixturesTest {
  private static final Logger LOG = Logger.getLogger("dev.statelessmcp");

  /** One tool fails on purpose, and its stack trace would look like a failing test. */
  @BeforeAll
  static void silence() {
    LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void speak() {
    LOG.setLevel(null);
  }

  private static final LambdaSettings SETTINGS = LambdaSettings.defaults().path("/echo/mcp");
  private static final TestFunction FUNCTION = new TestFunction(FixtureServer.create(), SETTINGS);

  private static final TestFunction EXTENDED =
      new TestFunction(FixtureServer.create(FixtureServer.EXTENDED), SETTINGS);

  @TestFactory
  Stream<DynamicContainer> extensionsThroughEveryHttpEvent() {
    return Arrays.stream(EventShape.values())
        .map(shape -> container(
            shape.name(), new HttpEventTransport(FixtureServer.EXTENDED, shape, EXTENDED::invoke)));
  }

  @TestFactory
  Stream<DynamicContainer> throughEveryHttpEvent() {
    return Arrays.stream(EventShape.values())
        .map(shape -> container(shape.name(), new HttpEventTransport(shape, FUNCTION::invoke)));
  }

  @TestFactory
  Stream<DynamicTest> byDirectInvocation() {
    Direct direct = new Direct();
    return Fixtures.over(direct).stream()
        .filter(fixture -> direct.knowsVersionOf(fixture.request()))
        .map(fixture -> DynamicTest.dynamicTest(fixture.name(), () -> fixture.run(direct)));
  }

  private static DynamicContainer container(String name, FixtureTransport transport) {
    return DynamicContainer.dynamicContainer(
        name,
        Fixtures.over(transport).stream()
            .map(fixture -> DynamicTest.dynamicTest(fixture.name(), () -> fixture.run(transport))));
  }

  /** A message without HTTP around it. */
  private static final class Direct implements FixtureTransport {

    /**
     * Nothing tells the revision of a legacy message here, so it is taken for 2025-03-26: the later
     * ones are out of reach, but for initialize, which says its own.
     */
    boolean knowsVersionOf(FixtureRequest request) {
      return request.modern()
          || request.body().contains("\"initialize\"")
          || List.of("2024-11-05", "2025-03-26").contains(request.version());
    }

    @Override
    public FixtureAnswer send(FixtureRequest request) {
      JsonNode answer = FUNCTION.invoke(request.body());
      return FixtureAnswer.withoutHttp(List.of(), answer.isEmpty() ? null : answer);
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
