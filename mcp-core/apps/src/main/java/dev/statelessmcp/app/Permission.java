package dev.statelessmcp.app;

/** A browser permission that a page requests. A host need not grant it. */
public enum Permission {
  /** The camera. */
  CAMERA("camera"),

  /** The microphone. */
  MICROPHONE("microphone"),

  /** The user's location. */
  GEOLOCATION("geolocation"),

  /** Writing to the clipboard. */
  CLIPBOARD_WRITE("clipboardWrite");

  private final String wire;

  Permission(String wire) {
    this.wire = wire;
  }

  String wire() {
    return wire;
  }
}
