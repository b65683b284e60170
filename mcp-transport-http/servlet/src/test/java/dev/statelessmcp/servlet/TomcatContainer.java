package dev.statelessmcp.servlet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;

/** Tomcat, embedded. */
final class TomcatContainer implements Container {
  // A strong reference: a logger without one loses its level
  private static final Logger LOGGER = Logger.getLogger("org.apache");

  private final Tomcat tomcat = new Tomcat();

  TomcatContainer(McpServlet servlet) throws Exception {
    this(servlet, true);
  }

  /**
   * Starts it.
   *
   * @param discards whether each request gets new objects, the default; false for objects that
   *     Tomcat uses again, so that a late use of them damages the answer to another request
   */
  TomcatContainer(McpServlet servlet, boolean discards) throws Exception {
    LOGGER.setLevel(Level.SEVERE);
    Path base = Files.createTempDirectory("tomcat");
    base.toFile().deleteOnExit();
    tomcat.setBaseDir(base.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setDiscardFacades(discards);
    Context context = tomcat.addContext("", null);
    Wrapper wrapper = Tomcat.addServlet(context, "mcp", servlet);
    wrapper.setAsyncSupported(true);
    context.addServletMappingDecoded("/mcp/*", "mcp");
    tomcat.start();
  }

  @Override
  public int port() {
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  public void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }
}
