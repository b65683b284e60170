package dev.statelessmcp.servlet;

/** Every fixture in an application of Spring Boot. */
class SpringTest extends ContainerTest {

  @Override
  Container start(McpServlet servlet) throws Exception {
    return new SpringContainer(servlet);
  }
}
