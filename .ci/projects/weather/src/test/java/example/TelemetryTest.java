package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.micrometer.McpMetrics;
import dev.statelessmcp.test.McpTestClient;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Spans and metrics, as a test of a server reads them back. */
class TelemetryTest {
  private static final AttributeKey<String> TOOL = AttributeKey.stringKey("gen_ai.tool.name");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

  @Test
  void callsAreSpansAndMetrics() {
    InMemorySpanExporter spans = InMemorySpanExporter.create();
    InMemoryMetricReader metrics = InMemoryMetricReader.create();
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
        .setTracerProvider(SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(spans))
            .build())
        .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(metrics).build())
        .build()) {
      McpServer server = WeatherServer.create(sdk, McpMetrics.of(registry));
      McpTestClient client = McpTestClient.of(server);
      client.call("weather", Map.of("city", "Oslo")).isOk();
      client.call("weather", Map.of("city", " ")).hasToolError();

      List<SpanData> calls = spans.getFinishedSpanItems().stream()
          .filter(span -> span.getName().startsWith("tools/call")) // as other clients do, the kit lists the tools
          .toList();
      assertEquals(2, calls.size(), calls::toString);
      SpanData fine = calls.get(0);
      assertEquals("tools/call weather", fine.getName());
      assertEquals(SpanKind.SERVER, fine.getKind());
      assertEquals("weather", fine.getAttributes().get(TOOL));
      assertEquals(StatusCode.UNSET, fine.getStatus().getStatusCode());
      SpanData failed = calls.get(1);
      assertEquals("tool_error", failed.getAttributes().get(ERROR));
      assertEquals(StatusCode.ERROR, failed.getStatus().getStatusCode());

      long count = 0;
      for (HistogramPointData point : metrics.collectAllMetrics().stream()
          .filter(metric -> metric.getName().equals("mcp.server.operation.duration"))
          .findFirst()
          .orElseThrow()
          .getHistogramData()
          .getPoints()) {
        count += "weather".equals(point.getAttributes().get(TOOL)) ? point.getCount() : 0;
      }
      assertEquals(2, count);
    }
    assertEquals(1, timer(registry, "").count());
    assertEquals(1, timer(registry, "tool_error").count());
  }

  private static Timer timer(SimpleMeterRegistry registry, String error) {
    return registry
        .get("mcp.server.operation.duration")
        .tags("gen_ai.tool.name", "weather", "error.type", error)
        .timer();
  }
}
