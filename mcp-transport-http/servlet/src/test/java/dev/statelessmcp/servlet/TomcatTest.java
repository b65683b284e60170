package dev.statelessmcp.servlet;

/** Every fixture in Tomcat. */
class TomcatTest extends ContainerTest {

  @Override
  Container start(McpServlet servlet) throws Exception {
    return new TomcatContainer(servlet);
  }
}
