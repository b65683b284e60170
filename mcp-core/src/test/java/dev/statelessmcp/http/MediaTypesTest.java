package dev.statelessmcp.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON",
        "application/json;charset=utf-8",
        "application/json; charset=UTF-8",
        "application/json ; charset=\"utf-8\"",
        "application/json; Charset=Utf-8; x=y",
        "application/json; x=y",
        "application/json;"
      })
  void jsonInUtf8IsJson(String contentType) {
    assertTrue(MediaTypes.isJson(contentType));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "text/plain",
        "text/json",
        "application/jsonp",
        "application/json-rpc",
        "application/problem+json",
        "application/json, text/plain",
        "application/json; charset=latin1",
        "application/json; charset=\"utf-16\"",
        "application/x-www-form-urlencoded",
        "multipart/form-data; x=application/json"
      })
  void nothingElseIsJson(String contentType) {
    assertFalse(MediaTypes.isJson(contentType));
  }

  @Test
  void semicolonInAQuotedParameterEndsNothing() {
    assertTrue(MediaTypes.isJson("application/json; x=\"a;charset=latin1\""));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
          - | true | true
          '' | true | true
          */* | true | true
          application/json | true | false
          APPLICATION/JSON | true | false
          text/event-stream | false | true
          application/json, text/event-stream | true | true
          text/event-stream,application/json | true | true
          application/* | true | false
          text/* | false | true
          text/html, */*;q=0.1 | true | true
          text/html | false | false
          application/xml, text/plain | false | false
          application/json;q=0 | false | false
          application/json;q=0.000, */* | false | true
          application/json;q=0.001 | true | false
          application/json;q=1 | true | false
          application/json; Q="0" | false | false
          */*;q=0, application/json | true | false
          text/*;q=0, text/event-stream;q=0.5 | false | true
          application/*;q=0, */* | false | true
          application/json;charset=utf-8;q=0 | false | false
          application/json;version=1 | true | false
          application/jsonx | false | false
          json | false | false
          , ,application/json, | true | false
          """)
  void mostPreciseRangeDecides(String accept, boolean json, boolean events) {
    assertEquals(json, MediaTypes.accepts(accept, MediaTypes.JSON));
    assertEquals(events, MediaTypes.accepts(accept, MediaTypes.EVENT_STREAM));
  }
}
