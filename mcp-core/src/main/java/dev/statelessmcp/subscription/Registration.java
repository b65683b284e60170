package dev.statelessmcp.subscription;

/** Something that was registered, and ends when this is closed. Closing it again has no effect. */
@FunctionalInterface
public interface Registration extends AutoCloseable {
  @Override
  void close();
}
