package dev.statelessmcp.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolVersionTest {

  @ParameterizedTest
  @EnumSource
  void isFoundByItsDate(ProtocolVersion version) {
    assertEquals(Optional.of(version), ProtocolVersion.of(version.toString()));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "2026-07-28 ", "2026-7-28", "V2026_07_28", "draft", "2024-10-07"})
  void isNotFoundByAnythingElse(String date) {
    assertEquals(Optional.empty(), ProtocolVersion.of(date));
  }

  @Test
  void areListedByEraNewestFirst() {
    assertEquals("[2026-07-28]", ProtocolVersion.of(Era.MODERN).toString());
    assertEquals(
        "[2025-11-25, 2025-06-18, 2025-03-26, 2024-11-05]",
        ProtocolVersion.of(Era.LEGACY).toString());
    List<ProtocolVersion> legacy = ProtocolVersion.of(Era.LEGACY);
    assertThrows(UnsupportedOperationException.class, () -> legacy.remove(0));
  }

  @Test
  void areDeclaredOldestFirst() {
    String[] dates = Arrays.stream(ProtocolVersion.values())
        .map(ProtocolVersion::toString)
        .toArray(String[]::new);
    String[] sorted = dates.clone();
    Arrays.sort(sorted);
    assertEquals(List.of(sorted), List.of(dates));
  }

  @Test
  void specialOnesAreWhatTheSpecificationSays() {
    assertEquals(ProtocolVersion.of(Era.LEGACY).get(0), ProtocolVersion.NEWEST_LEGACY);
    assertEquals("2025-03-26", ProtocolVersion.ASSUMED_LEGACY.toString());
  }

  @Test
  void onlyTheTwoOldestHaveBatches() {
    assertEquals(
        "[2024-11-05, 2025-03-26]",
        Arrays.stream(ProtocolVersion.values())
            .filter(ProtocolVersion::hasBatches)
            .toList()
            .toString());
  }
}
