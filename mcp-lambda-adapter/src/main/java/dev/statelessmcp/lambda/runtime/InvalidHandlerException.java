package dev.statelessmcp.lambda.runtime;

import org.jspecify.annotations.Nullable;

/** The function cannot be initialised. */
final class InvalidHandlerException extends Exception {
  private static final long serialVersionUID = 1;

  InvalidHandlerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
