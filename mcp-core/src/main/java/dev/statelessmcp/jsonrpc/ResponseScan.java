package dev.statelessmcp.jsonrpc;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds the id of a response in a text that cannot be read, because it is too large to be kept or
 * is not JSON. What waits for that response must not wait on. Takes the text in pieces and keeps
 * none of them. For one thread at a time.
 *
 * <pre>{@code
 * ResponseScan scan = new ResponseScan();
 * for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
 *   scan.take(buffer, 0, count);
 * }
 * RequestId id = scan.id(); // null: it is the response to nothing
 * }</pre>
 */
public final class ResponseScan {
  private static final String ID = "id";
  private static final String METHOD = "method";

  /** Ids of our own are short. */
  private static final int MAX_LENGTH = 64;

  private final byte[] token = new byte[MAX_LENGTH];
  private int length; // of the token; more than the maximum if it is of no use
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
   * @param bytes where they are; not null, and not kept
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
      hasMethod |= b != 'n'; // null is as if there were none
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
        // Blanks, numbers and words, and whatever makes this text unreadable
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
   * The id of the response that the text is, or has in a batch.
   *
   * @return a string of up to 64 bytes; null if there is none, or the text is a request
   */
  public @Nullable RequestId id() {
    String best = found != null || hasMethod ? found : id;
    return best == null ? null : RequestId.of(best);
  }

  /**
   * What is wrong with the text, for {@code LegacyConnection.receive}.
   *
   * @param problem the error's message; not null
   * @return a parse error, with {@link #id()}
   */
  public MalformedMessageException unreadable(String problem) {
    return MalformedMessageException.unreadable(problem, id());
  }
}
