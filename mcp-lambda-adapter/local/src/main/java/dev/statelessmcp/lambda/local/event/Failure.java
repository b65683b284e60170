package dev.statelessmcp.lambda.local.event;

/** The failures that a service answers. */
public enum Failure {
  /** The function failed, ended, timed out, or its answer was too large. */
  FUNCTION_ERROR,
  /** The service cannot use the function's result. */
  MALFORMED_ANSWER,
  /** The timeout of the service has passed; the function may still run. */
  INTEGRATION_TIMEOUT,
  /** The request or its event exceeds a limit. */
  REQUEST_TOO_LARGE,
  /** The request line and the headers exceed a limit. */
  HEADERS_TOO_LARGE,
  /** All execution environments are busy. */
  THROTTLED
}
