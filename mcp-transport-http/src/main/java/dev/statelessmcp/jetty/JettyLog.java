package dev.statelessmcp.jetty;

import dev.statelessmcp.json.Json;
import java.lang.System.Logger;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Sends Jetty's warnings and errors to {@code System.Logger}, under Jetty's logger names, in a
 * process without an SLF4J provider. Without it SLF4J would print a warning and drop Jetty's
 * messages. Not part of the API: public because SLF4J creates it by name.
 */
public final class JettyLog implements SLF4JServiceProvider {
  private static final String PROVIDER = "slf4j.provider";
  private static final String VERBOSITY = "slf4j.internal.verbosity";
  private static final int MAX_MESSAGE = 2000;

  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter context = new NOPMDCAdapter();

  /** Creates the provider; SLF4J does. */
  public JettyLog() {}

  /**
   * Makes SLF4J use this provider if the process has no other. Must be called before Jetty is used.
   */
  @SuppressWarnings("ReferenceEquality") // class loaders are compared by identity
  static synchronized void useUnlessThereIsAnother() {
    ClassLoader loader = LoggerFactory.class.getClassLoader();
    if (System.getProperty(PROVIDER) != null
        || loader != JettyLog.class.getClassLoader() // SLF4J could not create this
        || hasProvider(loader)) {
      return;
    }
    boolean quiet = System.getProperty(VERBOSITY) == null;
    System.setProperty(PROVIDER, JettyLog.class.getName());
    if (quiet) {
      System.setProperty(VERBOSITY, "WARN"); // otherwise SLF4J prints the name of the provider
    }
    try {
      LoggerFactory.getILoggerFactory();
    } finally {
      System.clearProperty(PROVIDER);
      if (quiet) {
        System.clearProperty(VERBOSITY);
      }
    }
  }

  private static boolean hasProvider(ClassLoader loader) {
    try {
      Iterator<SLF4JServiceProvider> providers =
          ServiceLoader.load(SLF4JServiceProvider.class, loader).iterator();
      return providers.hasNext();
    } catch (ServiceConfigurationError e) {
      return true; // SLF4J reports it
    }
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return SystemLogger::new;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return context;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99"; // any of 2.0
  }

  @Override
  public void initialize() {}

  /** Logs warnings and errors; lower levels are about Jetty's internals. */
  private static final class SystemLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;

    private final transient Logger logger;

    SystemLogger(String name) {
      this.name = name;
      logger = System.getLogger(name);
    }

    @Override
    public boolean isTraceEnabled() {
      return false;
    }

    @Override
    public boolean isDebugEnabled() {
      return false;
    }

    @Override
    public boolean isInfoEnabled() {
      return false;
    }

    @Override
    public boolean isWarnEnabled() {
      return logger.isLoggable(Logger.Level.WARNING);
    }

    @Override
    public boolean isErrorEnabled() {
      return logger.isLoggable(Logger.Level.ERROR);
    }

    @Override
    protected String getFullyQualifiedCallerName() {
      return SystemLogger.class.getName();
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level, Marker marker, String pattern, Object[] arguments, Throwable failure) {
      // With the name, because java.util.logging shows the calling class, which is this one
      String text = name + ": " + MessageFormatter.basicArrayFormat(pattern, arguments);
      logger.log(
          level == Level.ERROR ? Logger.Level.ERROR : Logger.Level.WARNING,
          Json.printable(text, MAX_MESSAGE),
          failure);
    }
  }
}
