package dev.statelessmcp.lambda.runtime;

import org.jspecify.annotations.Nullable;

/** Thrown if the handler of the function cannot be created. */
final class InvalidHandlerException extends Exception {
  private static final long serialVersionUID = 1;

  InvalidHandlerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
