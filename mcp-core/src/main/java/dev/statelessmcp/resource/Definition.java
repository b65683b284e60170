package dev.statelessmcp.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.catalog.CacheHint;
import dev.statelessmcp.content.Annotations;
import dev.statelessmcp.input.Asks;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.Icon;
import java.util.List;
import java.util.function.Predicate;

/** What resources and templates have in common. */
record Definition(
    String name,
    String title,
    String description,
    String mimeType,
    Long size,
    List<Icon> icons,
    Annotations annotations,
    ObjectNode meta,
    CacheHint cache,
    Asks asks,
    Predicate<Caller> visible) {

  static Definition of(String name) {
    return new Definition(
        name, null, null, null, null, List.of(), null, null, null, Asks.NOTHING, null);
  }

  Definition withTitle(String v) {
    return new Definition(
        name, v, description, mimeType, size, icons, annotations, meta, cache, asks, visible);
  }

  Definition withDescription(String v) {
    return new Definition(
        name, title, v, mimeType, size, icons, annotations, meta, cache, asks, visible);
  }

  Definition withMimeType(String v) {
    return new Definition(
        name, title, description, v, size, icons, annotations, meta, cache, asks, visible);
  }

  Definition withSize(Long v) {
    return new Definition(
        name, title, description, mimeType, v, icons, annotations, meta, cache, asks, visible);
  }

  Definition withIcons(List<Icon> v) {
    return new Definition(
        name, title, description, mimeType, size, v, annotations, meta, cache, asks, visible);
  }

  Definition withAnnotations(Annotations v) {
    return new Definition(
        name, title, description, mimeType, size, icons, v, meta, cache, asks, visible);
  }

  Definition withMeta(ObjectNode v) {
    return new Definition(
        name, title, description, mimeType, size, icons, annotations, v, cache, asks, visible);
  }

  Definition withCache(CacheHint v) {
    return new Definition(
        name, title, description, mimeType, size, icons, annotations, meta, v, asks, visible);
  }

  Definition withAsks(Asks v) {
    return new Definition(
        name, title, description, mimeType, size, icons, annotations, meta, cache, v, visible);
  }

  Definition withVisible(Predicate<Caller> v) {
    return new Definition(
        name, title, description, mimeType, size, icons, annotations, meta, cache, asks, v);
  }

  ObjectNode toJson(String key, String value) {
    ObjectNode json = Json.object().put(key, value).put("name", name);
    if (title != null) {
      json.put("title", title);
    }
    if (description != null) {
      json.put("description", description);
    }
    if (mimeType != null) {
      json.put("mimeType", mimeType);
    }
    if (size != null) {
      json.put("size", size);
    }
    Icon.addTo(icons, json);
    Annotations.addTo(annotations, json);
    if (meta != null) {
      json.set("_meta", meta);
    }
    return json;
  }
}
