package dev.statelessmcp.app;

/** A capability of browsers that a page asks for. A host need not grant it. */
public enum Permission {
  /** The camera. */
  CAMERA("camera"),

  /** The microphone. */
  MICROPHONE("microphone"),

  /** The place where the user is. */
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
