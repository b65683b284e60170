package dev.statelessmcp.servlet;

/** Every fixture in Jetty. */
class JettyTest extends ContainerTest {

  @Override
  Container start(McpServlet servlet) throws Exception {
    return new JettyContainer(servlet);
  }
}
