package dev.statelessmcp.lambda.runtime;

import java.io.IOException;

/**
 * The body of a streamed answer. Thread-safe; pieces of several threads do not mix. Not part of the
 * API: for the runtime and the handlers of this artifact.
 */
public interface ResponseStream {

  /**
   * Writes a piece and flushes it. Blocks while the service is slower: it accepts 2 MB a second
   * after the first 6 MB, and 200 MB in total.
   *
   * @param bytes the piece; an empty one is ignored; not null
   * @throws IOException if the connection is lost, or the stream is closed
   */
  void write(byte[] bytes) throws IOException;

  /**
   * Ends the body and waits until the service has received it. Does nothing if it is closed.
   *
   * @throws IOException if the connection is lost, or the service refuses the answer
   */
  void close() throws IOException;
}
