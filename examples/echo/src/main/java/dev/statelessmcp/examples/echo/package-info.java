/**
 * The echo server over every transport: stdio, a web server, part of a web application, a Lambda
 * function. Copy it to start your own server. Start reading at
 * {@link dev.statelessmcp.examples.echo.EchoServer}.
 */
package dev.statelessmcp.examples.echo;
