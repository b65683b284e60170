package dev.statelessmcp.completion;

import dev.statelessmcp.call.Caller;
import java.util.Map;

/** Suggests values. One serves all requests, from several threads at once. */
@FunctionalInterface
public interface Completer {

  /**
   * Suggests values.
   *
   * @param request what is being filled in; not null
   * @return the suggestions; not null
   * @throws Exception is our own failure
   */
  Completion complete(Request request) throws Exception;

  /**
   * What is being filled in.
   *
   * @param value what the user has typed; not null
   * @param arguments what has been filled in already, by name; not null
   * @param caller who asks; not null
   */
  record Request(String value, Map<String, String> arguments, Caller caller) {}
}
