package dev.statelessmcp.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
          date-time | 2026-07-28T12:00:00Z
          date-time | 2026-07-28t12:00:00.123456789012z
          date-time | 0000-02-29T00:00:00-23:59
          date-time | 1998-12-31T23:59:60Z
          date-time | 1998-12-31T15:59:60.5-08:00
          date | 2024-02-29
          time | 23:59:59+00:00
          duration | P1Y2M3DT4H5M6S
          duration | P4W
          duration | PT0S
          duration | P1D
          email | joe.bloggs+x@example.com
          idn-email | jörg@exämple.com
          hostname | a.b-c.example
          idn-hostname | exämple.com
          ipv4 | 127.0.0.1
          ipv6 | ::
          ipv6 | ::1
          ipv6 | 1:2:3:4:5:6:7:8
          ipv6 | 64:ff9b::192.0.2.33
          uri | https://user@example.com:8080/a/b;c?d=e#f
          uri | urn:a:b
          uri | mailto:a@b
          uri | http://[2001:db8::1]:80/
          uri | http://
          uri-reference | ~~
          uri-reference | ../a%20b?c#d
          uri-reference | //example.com
          iri | https://example.com/Zürich
          iri-reference | Zürich
          uuid | 123e4567-e89b-12d3-A456-426614174000
          uri-template | /a/{b}/{?c*}
          json-pointer | /a~1b/0
          json-pointer | ~~
          relative-json-pointer | 1/a
          relative-json-pointer | 0#
          regex | ^a+$
          unknown | whatever
          """)
  void textHasTheFormat(String format, String text) {
    assertTrue(Formats.isValid(format, text == null ? "" : text));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
          date-time | 2026-07-28T12:00Z
          date-time | 2026-07-28T12:00:00
          date-time | 2026-07-28 12:00:00Z
          date-time | 2026-07-28T12:00:00+01:00:30
          date-time | 2026-07-28T12:00:60Z
          date-time | 2026-07-28T12:00:00.Z
          date-time | 2026-07-28T12:00:00+24:00
          date-time | +10000-07-28T12:00:00Z
          date-time | 2026-02-29T12:00:00Z
          date | 2026-7-28
          date | 1900-02-29
          date | 2026-13-01
          date | 2026-04-31
          time | 12:00:00
          time | 24:00:00Z
          duration | PT1.5S
          duration | PT-6H
          duration | P
          duration | PT
          duration | P1DT
          duration | P1M1Y
          duration | P1W1D
          duration | 1D
          email | nobody
          email | a@b
          email | .a@example.com
          email | a..b@example.com
          email | a b@example.com
          email | @example.com
          hostname | -a.example
          hostname | a..b
          hostname | ~~
          hostname | a_b
          ipv4 | 256.0.0.1
          ipv4 | 1.2.3
          ipv4 | 01.2.3.4
          ipv6 | 1:2:3:4:5:6:7
          ipv6 | 1::2::3
          ipv6 | 12345::
          ipv6 | ::1%eth0
          uri | docs/a
          uri | https://example.com/Zürich
          uri | https://example.com/a b
          uri | https://example.com/%4
          uri | http://example.com:port/
          uri | ://a
          uri | http://[::1
          uri-reference | a:b:c d
          uri-reference | 1:b
          uri-reference | \\a
          uuid | 123e4567e89b12d3a456426614174000
          uuid | 123e4567-e89b-12d3-a456-42661417400g
          uri-template | /a/{b
          uri-template | /a/}
          json-pointer | a
          json-pointer | /~2
          relative-json-pointer | /a
          relative-json-pointer | 01/a
          regex | (
          """)
  void textLacksTheFormat(String format, String text) {
    assertFalse(Formats.isValid(format, text == null ? "" : text));
  }

  @Test
  void dateTimeIsReadWhereJavaIsNarrower() {
    assertEquals(
        OffsetDateTime.parse("1999-01-01T00:00:00Z"), Rfc3339.dateTime("1998-12-31T23:59:60Z"));
    assertEquals(
        OffsetDateTime.parse("2026-07-27T16:30:00Z"),
        Rfc3339.dateTime("2026-07-28T12:00:00+19:30"));
    assertEquals(
        OffsetDateTime.parse("2026-07-28T12:00:00.123456789-03:30"),
        Rfc3339.dateTime("2026-07-28T12:00:00.123456789999-03:30"));
    assertEquals(
        OffsetDateTime.parse("2026-07-28T12:00:00.5Z"),
        Rfc3339.dateTime("2026-07-28T12:00:00.5-00:00"));
  }
}
