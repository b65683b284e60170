package dev.statelessmcp.subscription;

/** A registration, which ends when it is closed. Closing it again has no effect. */
@FunctionalInterface
public interface Registration extends AutoCloseable {
  @Override
  void close();
}
