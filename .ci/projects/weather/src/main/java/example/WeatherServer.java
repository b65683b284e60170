package example;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.input.StateKeys;
import dev.statelessmcp.intercept.Observer;
import dev.statelessmcp.jetty.McpHttpServer;
import dev.statelessmcp.opentelemetry.McpTelemetry;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.schema.Range;
import dev.statelessmcp.stdio.StdioTransport;
import dev.statelessmcp.tool.NoArguments;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolException;
import dev.statelessmcp.tool.ToolResult;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.util.List;
import java.util.Optional;

/** A server as a team writes it: over HTTP with the argument "http", else over stdio. */
public final class WeatherServer {

  enum Unit {
    CELSIUS,
    FAHRENHEIT
  }

  record Place(@Description("City, or city and country") String city, Optional<Unit> unit) {}

  record Weather(double temperature, List<String> warnings) {}

  record Booking(@Range(min = 1, max = 8) int seats) {}

  private WeatherServer() {}

  static McpServer create() {
    return create(GlobalOpenTelemetry.get(), operation -> null);
  }

  static McpServer create(OpenTelemetry telemetry, Observer observer) {
    return McpServer.named("weather", "1.0.0")
        .interceptor(McpTelemetry.of(telemetry))
        .observer(observer)
        .stateKeys(() -> StateKeys.fromEnvironment("STATE_KEYS"))
        .tool(Tool.of("weather", "The weather", Place.class, Weather.class, (place, call) -> {
          if (place.city().isBlank()) {
            throw new ToolException("Which city? Say its name.");
          }
          call.progress(1, 2, "asking the weather service");
          return new Weather(21.5, List.of("sun"));
        }))
        .tool(Tool.of("book", "Books a table", NoArguments.class, (none, call) -> {
              Booking booking =
                  call.ask("booking", Question.form("For how many?", Booking.class));
              return ToolResult.text("Booked for " + booking.seats());
            })
            .asks(QuestionKind.FORM))
        .tool(Tool.of("break", "Fails", NoArguments.class, (none, call) -> {
          throw new IllegalStateException("a bug");
        }))
        .build();
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0 && arguments[0].equals("http")) {
      try (McpHttpServer http = McpHttpServer.builder(create()).port(0).start()) {
        System.err.println("listening on " + http.uri());
        http.join();
      }
    } else {
      StdioTransport.of(create()).run();
    }
  }
}
