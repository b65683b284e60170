package dev.statelessmcp.examples.conformance;

import java.util.Base64;

/** Minimal files. */
final class Samples {
  /** One red pixel. */
  private static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP4z8AAAAMBAQD3A0FDAAAAAElFTkSuQmCC";

  /** A millisecond of silence: 8 samples of 8 bits at 8 kHz. */
  private static final String WAV =
      "UklGRiwAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQgAAACAgICAgICAgA==";

  private Samples() {}

  static byte[] png() {
    return Base64.getDecoder().decode(PNG);
  }

  static byte[] wav() {
    return Base64.getDecoder().decode(WAV);
  }
}
