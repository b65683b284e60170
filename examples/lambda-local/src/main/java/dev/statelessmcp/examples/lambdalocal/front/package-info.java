/**
 * The service in front of the function: HTTP requests become events, and the function's results
 * become HTTP answers, whole or piece by piece.
 */
package dev.statelessmcp.examples.lambdalocal.front;
