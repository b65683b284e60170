package dev.statelessmcp.lambda.local.event;

/** What a service answers by itself. */
public enum Failure {
  /** The function failed, ended, ran out of its time, or answered too much. */
  FUNCTION_ERROR,
  /** The function's result is nothing that the service understands. */
  MALFORMED_ANSWER,
  /** The service has waited long enough, whatever the function still does. */
  INTEGRATION_TIMEOUT,
  /** The request, or the event that it makes, is over a limit. */
  REQUEST_TOO_LARGE,
  /** The request line and the headers are over a limit. */
  HEADERS_TOO_LARGE,
  /** All execution environments are busy. */
  THROTTLED
}
