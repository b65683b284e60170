package dev.statelessmcp.lambda.runtime;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.lang.reflect.InvocationTargetException;

/** Creates the handler object that the function's configuration names. */
final class HandlerLoader {
  private static final String METHOD = "handleRequest";

  private HandlerLoader() {}

  /**
   * Creates a handler.
   *
   * @param configured {@code Class} or {@code Class::handleRequest}
   * @param streams true if a handler that supports both must stream its answers
   * @throws InvalidHandlerException if there is no such handler, or its constructor fails
   */
  static StreamHandler load(String configured, boolean streams) throws InvalidHandlerException {
    int colons = configured.indexOf("::");
    String name = colons < 0 ? configured : configured.substring(0, colons);
    if (name.isEmpty()) {
      throw new InvalidHandlerException("The function has no handler: name a class", null);
    }
    if (colons >= 0 && !configured.substring(colons + 2).equals(METHOD)) {
      throw new InvalidHandlerException(
          "The handler '" + configured + "' must be a class name, or end in ::" + METHOD, null);
    }
    Object handler = create(name);
    if (handler instanceof StreamHandler streamHandler
        && (streams || !(handler instanceof RequestStreamHandler))) {
      return streamHandler;
    }
    if (handler instanceof RequestStreamHandler buffered) {
      return new BufferedHandler(buffered);
    }
    throw new InvalidHandlerException(
        "The handler " + name + " is neither a StreamHandler nor a RequestStreamHandler", null);
  }

  private static Object create(String name) throws InvalidHandlerException {
    try {
      return ClassLoader.getSystemClassLoader().loadClass(name).getConstructor().newInstance();
    } catch (ClassNotFoundException e) {
      throw new InvalidHandlerException("The handler's class " + name + " was not found", null);
    } catch (NoSuchMethodException e) {
      throw new InvalidHandlerException(
          "The handler " + name + " has no public constructor without parameters", null);
    } catch (IllegalAccessException | InstantiationException e) {
      throw new InvalidHandlerException(
          "The handler " + name + " must be a public class that is not abstract", e);
    } catch (InvocationTargetException e) {
      throw new InvalidHandlerException(
          "The constructor of the handler " + name + " has failed", e.getCause());
    } catch (LinkageError e) { // also of static initialisers
      throw new InvalidHandlerException("The handler " + name + " cannot be loaded", e);
    }
  }
}
