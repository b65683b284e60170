/**
 * The echo server in every form: a process on a pipe, a web server, part of a web application, a
 * Lambda function. Copy it to begin your own; start reading at
 * {@link dev.statelessmcp.examples.echo.EchoServer}.
 */
package dev.statelessmcp.examples.echo;
