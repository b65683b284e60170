package dev.statelessmcp.lambda.local.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.lambda.local.http.Header;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A function's result that describes an HTTP answer, read member by member. */
final class Result {
  /** The headers that only the service sets. */
  private static final Set<String> OWN =
      Set.of("content-length", "transfer-encoding", "connection", "keep-alive");

  private final JsonNode tree;

  Result(JsonNode tree) {
    this.tree = tree;
  }

  static Result of(byte[] payload) throws MalformedAnswerException {
    JsonNode tree = Json.parse(payload, payload.length);
    if (!tree.isObject()) {
      throw new MalformedAnswerException("it is not an object");
    }
    return new Result(tree);
  }

  boolean has(String name) {
    return tree.hasNonNull(name);
  }

  void allowOnly(Set<String> names) throws MalformedAnswerException {
    for (Map.Entry<String, JsonNode> member : tree.properties()) {
      if (!names.contains(member.getKey())) {
        throw new MalformedAnswerException("it has a member " + member.getKey());
      }
    }
  }

  int status() throws MalformedAnswerException {
    JsonNode value = tree.path("statusCode");
    String digits = value.isIntegralNumber() || value.isTextual() ? value.asText() : "";
    if (!digits.matches("[1-5][0-9]{2}")) {
      throw new MalformedAnswerException(
          value.isMissingNode() ? "it has no statusCode" : "its statusCode is " + value);
    }
    return Integer.parseInt(digits);
  }

  /** The member {@code headers}: one value for each name. */
  List<Header> headers() throws MalformedAnswerException {
    List<Header> headers = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : members("headers")) {
      add(headers, member.getKey(), member.getValue(), "headers." + member.getKey());
    }
    return headers;
  }

  /** A member with a list of values for each name. */
  List<Header> lists(String name) throws MalformedAnswerException {
    List<Header> headers = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : members(name)) {
      String place = name + "." + member.getKey();
      if (!member.getValue().isArray()) {
        throw new MalformedAnswerException("its " + place + " is not a list");
      }
      for (JsonNode value : member.getValue()) {
        add(headers, member.getKey(), value, place);
      }
    }
    return headers;
  }

  /** The member {@code cookies}, as headers. */
  List<Header> cookies() throws MalformedAnswerException {
    List<Header> headers = new ArrayList<>();
    JsonNode cookies = tree.path("cookies");
    if (!cookies.isArray() && has("cookies")) {
      throw new MalformedAnswerException("its cookies are not a list");
    }
    for (JsonNode cookie : cookies) {
      add(headers, "Set-Cookie", cookie, "cookies");
    }
    return headers;
  }

  /** The body, decoded from Base64 if the result says so and the service supports it. */
  byte[] body(boolean decodes) throws MalformedAnswerException {
    JsonNode body = tree.path("body");
    if (has("body") && !body.isTextual()) {
      throw new MalformedAnswerException("its body is not a string");
    }
    JsonNode flag = tree.path("isBase64Encoded");
    if (has("isBase64Encoded") && !flag.isBoolean()) {
      throw new MalformedAnswerException("its isBase64Encoded is not a boolean");
    }
    String text = body.isTextual() ? body.textValue() : "";
    if (!decodes || !flag.booleanValue()) {
      return text.getBytes(UTF_8);
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedAnswerException("its body is not base64");
    }
  }

  /** With a content type, if the function has not given one and there is a body. */
  static List<Header> withDefaultType(List<Header> headers, String type, byte[] body) {
    if (body.length == 0 || Header.first(headers, "Content-Type") != null) {
      return headers;
    }
    List<Header> all = new ArrayList<>(headers);
    all.add(new Header("Content-Type", type));
    return all;
  }

  private Iterable<Map.Entry<String, JsonNode>> members(String name)
      throws MalformedAnswerException {
    JsonNode object = tree.path(name);
    if (!object.isObject() && has(name)) {
      throw new MalformedAnswerException("its " + name + " are not an object");
    }
    return object.properties();
  }

  private static void add(List<Header> headers, String name, JsonNode value, String place)
      throws MalformedAnswerException {
    if (!value.isValueNode() || value.isNull()) {
      throw new MalformedAnswerException("its " + place + " is not a string");
    }
    if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
      throw new MalformedAnswerException("its " + place + " is not a header's name");
    }
    if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
      headers.add(new Header(name, value.asText()));
    }
  }
}
