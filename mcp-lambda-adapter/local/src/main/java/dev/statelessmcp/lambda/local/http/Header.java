package dev.statelessmcp.lambda.local.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a message's head or trailer.
 *
 * @param name as it was or is to be sent; compared without regard to case
 * @param value without the blanks around it, each char a byte
 */
public record Header(String name, String value) {
  /** The first value of a name, or null. */
  public static @Nullable String first(List<Header> headers, String name) {
    for (Header header : headers) {
      if (header.is(name)) {
        return header.value;
      }
    }
    return null;
  }

  /** Whether this is the header of that name. */
  public boolean is(String other) {
    return name.equalsIgnoreCase(other);
  }
}
