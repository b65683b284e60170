package dev.statelessmcp.jsonrpc;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds the id of a response in a text that is too large or not JSON, so that the call that waits
 * for the response can end. Takes the text in pieces and keeps none of them. Not thread-safe.
 *
 * <pre>{@code
 * ResponseScan scan = new ResponseScan();
 * for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
 *   scan.take(buffer, 0, count);
 * }
 * RequestId id = scan.id(); // null if it is not a response
 * }</pre>
 */
public final class ResponseScan {
  private static final String ID = "id";
  private static final String METHOD = "method";

  /** The server's own ids are short. */
  private static final int MAX_LENGTH = 64;

  private final byte[] token = new byte[MAX_LENGTH];
  private int length; // of the token; more than the maximum if the token is ignored
  private int depth;
  private int members; // the depth at which a message has its members; 0 until it begins
  private boolean inString;
  private boolean escaped;
  private boolean inValue;
  private @Nullable String name; // the last one, if it matters
  private @Nullable String id; // of the message that is being read
  private boolean hasMethod;
  private @Nullable String found;

  /** Creates a scan that has seen nothing. */
  public ResponseScan() {}

  /**
   * Takes the next bytes of the text.
   *
   * @param bytes the array that has them; not null, and not kept
   * @param from the index of the first one
   * @param to the index after the last one
   */
  public void take(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (inString) {
        takeOfString(bytes[i]);
      } else {
        takeOutside(bytes[i]);
      }
    }
  }

  private void takeOfString(byte b) {
    if (escaped) {
      escaped = false;
    } else if (b == '\\') {
      escaped = true;
      length = MAX_LENGTH + 1;
    } else if (b == '"') {
      inString = false;
      if (depth == members) {
        endToken();
      }
    } else if (length < MAX_LENGTH) {
      token[length++] = b;
    } else {
      length = MAX_LENGTH + 1;
    }
  }

  private void endToken() {
    String text = length > MAX_LENGTH ? null : new String(token, 0, length, StandardCharsets.UTF_8);
    if (!inValue) {
      name = ID.equals(text) || METHOD.equals(text) ? text : null;
    } else if (ID.equals(name)) {
      id = text;
    }
  }

  private void takeOutside(byte b) {
    boolean atMember = depth == members && depth > 0;
    if (atMember && inValue && METHOD.equals(name) && b > ' ' && b != ',' && b != '}') {
      hasMethod |= b != 'n'; // null counts as missing
      name = null;
    }
    switch (b) {
      case '"' -> {
        inString = true;
        length = 0;
      }
      case '{', '[' -> {
        depth++;
        if (members == 0) {
          members = b == '{' ? 1 : 2; // the messages of a batch are one deeper
        }
      }
      case '}', ']' -> {
        if (atMember) {
          endMessage();
        }
        depth--;
      }
      case ':' -> inValue |= atMember;
      case ',' -> inValue &= !atMember;
      default -> {
        // White space, numbers, words and invalid characters
      }
    }
  }

  private void endMessage() {
    if (found == null && !hasMethod) {
      found = id;
    }
    id = null;
    name = null;
    hasMethod = false;
    inValue = false;
  }

  /**
   * The id of the response, or of the response in a batch.
   *
   * @return a string of up to 64 bytes; null if there is none, or the text is a request
   */
  public @Nullable RequestId id() {
    String best = found != null || hasMethod ? found : id;
    return best == null ? null : RequestId.of(best);
  }

  /**
   * Creates an exception for {@code LegacyConnection.receive}.
   *
   * @param problem the error's message; not null
   * @return a parse error, with {@link #id()}
   */
  public MalformedMessageException unreadable(String problem) {
    return MalformedMessageException.unreadable(problem, id());
  }
}
