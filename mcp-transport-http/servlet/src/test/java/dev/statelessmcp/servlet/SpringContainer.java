package dev.statelessmcp.servlet;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** An application of Spring Boot. */
final class SpringContainer implements Container {
  private final ConfigurableApplicationContext context;

  SpringContainer(McpServlet servlet) {
    SpringApplication application = new SpringApplication(Application.class);
    application.setDefaultProperties(Map.of(
        "server.port", "0",
        "server.address", "127.0.0.1",
        "spring.main.banner-mode", "off",
        "logging.level.root", "error"));
    application.addInitializers(registry -> registry
        .getBeanFactory()
        .registerSingleton("mcp", new ServletRegistrationBean<>(servlet, "/mcp/*")));
    context = application.run();
  }

  /** Only Spring Boot's defaults. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}

  @Override
  public int port() {
    return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
  }

  @Override
  public void stop() {
    context.close();
  }
}
