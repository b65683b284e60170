package dev.statelessmcp.lambda.local.event;

import java.util.List;

/** The event formats by the names that the command line gives them. */
public final class EventFormats {
  /** All names. */
  public static final List<String> NAMES =
      List.of("rest", "http", "http1", "url", "alb", "alb-multi", "lattice", "lattice1", "direct");

  private EventFormats() {}

  /**
   * Makes a format.
   *
   * @throws IllegalArgumentException when there is no such name
   */
  public static EventFormat of(String name, Gateway gateway) {
    return switch (name) {
      case "rest" -> new RestApi(gateway);
      case "http" -> new HttpApi(gateway);
      case "http1" -> new HttpApiVersion1(gateway);
      case "url" -> new FunctionUrl();
      case "alb" -> new Alb(false);
      case "alb-multi" -> new Alb(true);
      case "lattice" -> new Lattice();
      case "lattice1" -> new LatticeVersion1();
      case "direct" -> new DirectInvoke();
      default -> throw new IllegalArgumentException("no event format " + name);
    };
  }
}
