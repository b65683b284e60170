package dev.statelessmcp.tool;

import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.transport.Caller;
import dev.statelessmcp.transport.Cancellation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything about one call of a tool but its arguments. Safe from any number of threads, as long
 * as the call lasts.
 */
public interface ToolCall {

  /**
   * The name by which the tool was called.
   *
   * @return the tool's name
   */
  String name();

  /**
   * What the request says about itself and its client: version, capabilities, {@code _meta}.
   *
   * @return the metadata; never null
   */
  RequestMeta meta();

  /**
   * Who calls, as the authenticator or the gateway has established it.
   *
   * @return the caller; {@link Caller#ANONYMOUS} where nothing is known
   */
  Caller caller();

  /**
   * The HTTP headers of the request.
   *
   * @return values by lower case name; empty where there is no HTTP
   */
  Map<String, List<String>> headers();

  /**
   * Whether anybody still waits for the answer.
   *
   * @return never null
   */
  Cancellation cancellation();

  /**
   * When the answer must be there.
   *
   * @return the deadline, if there is one
   */
  Optional<Instant> deadline();

  /**
   * Tells the client how far the call has come. Does nothing unless the client asked for it, and
   * nothing once the call has been answered.
   *
   * @param progress how much is done; must grow with every report, others are dropped
   * @param total how much there is to do; 0 or less if that is not known
   * @param message a line for people; may be null
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/progress">Progress</a>
   */
  void progress(double progress, double total, String message);
}
