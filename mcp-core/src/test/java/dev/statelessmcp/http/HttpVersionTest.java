package dev.statelessmcp.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.statelessmcp.call.Attributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpVersionTest {
  @ParameterizedTest
  @CsvSource({
    "HTTP/1.0, 1.0",
    "HTTP/1.1, 1.1",
    "HTTP/2, 2",
    "HTTP/2.0, 2",
    "HTTP/3, 3",
    "HTTP/3.0, 3"
  })
  void protocolHasAVersion(String protocol, String number) {
    Attributes attributes = HttpVersion.addTo(Attributes.NONE.with(Integer.class, 1), protocol);
    assertEquals(number, attributes.get(HttpVersion.class).orElseThrow().toString());
    assertEquals(1, attributes.get(Integer.class).orElseThrow());
  }

  /** What a client or gateway makes up must not become a value of a metric. */
  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "HTTP", "HTTP/1.2", "http/1.1", "2"})
  void anythingElseHasNone(String protocol) {
    assertSame(Attributes.NONE, HttpVersion.addTo(Attributes.NONE, protocol));
  }

  @Test
  void versionIsReplaced() {
    Attributes attributes = HttpVersion.addTo(Attributes.NONE, "HTTP/1.1");
    assertEquals(
        HttpVersion.HTTP_2,
        HttpVersion.addTo(attributes, "HTTP/2.0").get(HttpVersion.class).orElseThrow());
  }
}
