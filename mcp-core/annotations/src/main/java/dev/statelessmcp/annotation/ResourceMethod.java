package dev.statelessmcp.annotation;

import dev.statelessmcp.content.ResourceContents;
import dev.statelessmcp.resource.ReadCall;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.resource.ResourceHandler;
import dev.statelessmcp.resource.ResourceResult;
import dev.statelessmcp.resource.ResourceTemplate;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls a method with {@link McpResource}, and converts its result to contents. */
final class ResourceMethod implements ResourceHandler {
  private final AnnotatedMethod method;
  private final String uri;
  private final TextArguments arguments;

  private ResourceMethod(AnnotatedMethod method) {
    this.method = method;
    String given = method.text("uri");
    method.require(given != null, "must have a uri");
    uri = given == null ? "" : given;
    arguments = new TextArguments(method);
    Type type = method.returnType();
    method.require(
        type == String.class
            || type == byte[].class
            || type == ResourceContents.class
            || type == ResourceResult.class
            || method.returnsListOf(ResourceContents.class),
        "must return a String, byte[], ResourceContents, a List of them, or a ResourceResult, was "
            + type.getTypeName());
  }

  /** The methods of an object that are templates, or those that are not. */
  static List<ResourceMethod> of(Object target, boolean templates) {
    List<ResourceMethod> found = new ArrayList<>();
    Names names = new Names("resource");
    for (AnnotatedMethod one : AnnotatedMethods.of(target, McpResource.class, ReadCall.class)) {
      ResourceMethod method = new ResourceMethod(one);
      names.add(method.uri, one);
      if (method.uri.contains("{") == templates) {
        found.add(method);
      }
    }
    return found;
  }

  Resource resource() {
    method.require(
        !method.hasArguments(), "must not have arguments, because its uri has no variables");
    Resource resource = Resource.of(uri, method.name(), this)
        .description(method.text("description"))
        .mimeType(method.text("mimeType"));
    return method.described(resource);
  }

  ResourceTemplate template() {
    ResourceTemplate template = ResourceTemplate.of(uri, method.name(), this)
        .description(method.text("description"))
        .mimeType(method.text("mimeType"));
    for (Map.Entry<String, ?> argument : arguments.properties()) {
      method.require(
          template.variables().contains(argument.getKey()),
          "must have parameters that are variables of its uri, "
              + template.variables()
              + ", was "
              + argument.getKey());
    }
    return method.described(template);
  }

  @Override
  public @Nullable ResourceResult read(ReadCall call) throws Exception {
    Object returned = arguments.call(call.variables(), "uri", call);
    if (returned == null) {
      return null;
    }
    if (returned instanceof ResourceResult result) {
      return result;
    }
    if (returned instanceof List<?> contents) {
      return ResourceResult.of(contents.toArray(new ResourceContents[0]));
    }
    if (returned instanceof ResourceContents contents) {
      return ResourceResult.of(contents);
    }
    String type = method.text("mimeType");
    return ResourceResult.of(
        returned instanceof byte[] bytes
            ? ResourceContents.blob(call.uri(), type, bytes)
            : ResourceContents.text(call.uri(), type, (String) returned));
  }
}
