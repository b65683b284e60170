package dev.statelessmcp.lambda.runtime;

import java.io.IOException;

/** The body of a streamed answer. Safe from any number of threads; each piece stays whole. */
public interface ResponseStream {

  /**
   * Writes a piece, which is on its way when this returns. Blocks while the service is behind: it
   * takes 2 MB a second after the first 6 MB, and 200 MB altogether.
   *
   * @param bytes of any length, and nothing happens if there are none; not null
   * @throws IOException if the connection is lost, or the stream is closed
   */
  void write(byte[] bytes) throws IOException;

  /**
   * Ends the body and waits until the service has taken it. Does nothing if it is closed.
   *
   * @throws IOException if the connection is lost, or the service refuses the answer
   */
  void close() throws IOException;
}
