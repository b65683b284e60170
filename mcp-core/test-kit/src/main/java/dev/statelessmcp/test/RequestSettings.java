package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The settings of a request. */
record RequestSettings(
    Caller caller,
    Attributes attributes,
    Map<String, String> headers,
    ObjectNode meta,
    List<ScriptedAnswer> script) {

  static final RequestSettings NONE =
      new RequestSettings(Caller.ANONYMOUS, Attributes.NONE, Map.of(), Json.object(), List.of());

  /** An answer of the user. */
  record ScriptedAnswer(String key, UserAnswer answer) {}

  RequestSettings withCaller(Caller newCaller) {
    return new RequestSettings(newCaller, attributes, headers, meta, script);
  }

  RequestSettings withAttributes(Attributes newAttributes) {
    return new RequestSettings(caller, newAttributes, headers, meta, script);
  }

  RequestSettings withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new RequestSettings(caller, attributes, more, meta, script);
  }

  RequestSettings withMeta(ObjectNode more) {
    ObjectNode all = meta.deepCopy();
    all.setAll(more.deepCopy());
    return new RequestSettings(caller, attributes, headers, all, script);
  }

  /**
   * The settings for requests of the kit: the caller and credentials, without those of a single
   * request.
   */
  RequestSettings ofClient() {
    Map<String, String> own = new LinkedHashMap<>(headers);
    own.keySet().removeIf(name -> {
      String lower = name.toLowerCase(Locale.ROOT);
      return lower.startsWith("mcp-") || lower.equals("content-type") || lower.equals("accept");
    });
    return new RequestSettings(caller, attributes, own, Json.object(), List.of());
  }

  RequestSettings withAnswer(String key, UserAnswer answer) {
    List<ScriptedAnswer> more = new ArrayList<>(script);
    more.add(new ScriptedAnswer(key, answer));
    return new RequestSettings(caller, attributes, headers, meta, List.copyOf(more));
  }
}
