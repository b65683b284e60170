package dev.statelessmcp.lambda.typed;

import dev.statelessmcp.fixtures.FixtureServer;
import dev.statelessmcp.fixtures.FixtureTransport;
import dev.statelessmcp.fixtures.Fixtures;
import dev.statelessmcp.lambda.EventShape;
import dev.statelessmcp.lambda.HttpEventTransport;
import dev.statelessmcp.lambda.LambdaSettings;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every protocol fixture through each class of event. */
class TypedFixturesTest {
  private static final Logger LOG = Logger.getLogger("dev.statelessmcp");

  private static final TypedFunctions TYPED =
      new TypedFunctions(FixtureServer.create(), LambdaSettings.defaults().path("/echo/mcp"));

  /** One tool fails on purpose, and its stack trace would look like a failing test. */
  @BeforeAll
  static void silence() {
    LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void speak() {
    LOG.setLevel(null);
  }

  @TestFactory
  Stream<DynamicContainer> throughEveryTypedEvent() {
    return Stream.of(EventShape.REST_API, EventShape.FUNCTION_URL, EventShape.ALB_MULTI_VALUE)
        .map(shape -> container(shape.name(), new HttpEventTransport(shape, TYPED::invoke)));
  }

  private static DynamicContainer container(String name, FixtureTransport transport) {
    return DynamicContainer.dynamicContainer(
        name,
        Fixtures.over(transport).stream()
            .map(fixture -> DynamicTest.dynamicTest(fixture.name(), () -> fixture.run(transport))));
  }
}
