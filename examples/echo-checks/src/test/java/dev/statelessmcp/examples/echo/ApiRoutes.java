package dev.statelessmcp.examples.echo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The routes of a template's API, and the events that it makes of requests, as API Gateway does.
 */
record ApiRoutes(String name, JsonNode template) {
  private static final String GREEDY = "{proxy+}";
  private static final String BODY = LambdaEvents.call("echo", "{\"message\":\"hi\"}");

  static ApiRoutes of(String name) {
    return new ApiRoutes(name, Templates.load(name));
  }

  /** The properties of the event whose route takes the path; missing if there is none. */
  JsonNode route(String path) {
    JsonNode found = template.path("no route");
    int longest = -1;
    for (JsonNode event : template.at("/Resources/Fn/Properties/Events")) {
      JsonNode properties = event.path("Properties");
      String route = properties.path("Path").asText();
      if (route.equals(path)) {
        return properties;
      }
      String before = route.replace(GREEDY, "");
      boolean below =
          route.endsWith(GREEDY) && path.startsWith(before) && path.length() > before.length();
      if (below && before.length() > longest) {
        longest = before.length();
        found = properties;
      }
    }
    return found;
  }

  /** Whether API Gateway lets a request with that path through without a token. */
  boolean isPublic(String path) {
    boolean open =
        template.at("/Resources/Api/Properties/Auth/DefaultAuthorizer").isMissingNode();
    return open || route(path).at("/Auth/Authorizer").asText().equals("NONE");
  }

  /** The event of a request, with the body of a call of echo if it is a POST. */
  ObjectNode event(String method, String path) {
    String body = method.equals("POST") ? BODY : "";
    if (type().equals("AWS::Serverless::Api")) {
      String route = route(path).path("Path").asText();
      ObjectNode event = LambdaEvents.rest(body).put("httpMethod", method);
      if (route.endsWith(GREEDY)) {
        String rest = path.substring(route.length() - GREEDY.length());
        event.putObject("pathParameters").put("proxy", rest);
      }
      return event.put("resource", route).put("path", path);
    }
    ObjectNode event = LambdaEvents.httpApi(body);
    boolean stage = template.at("/Resources/Api/Properties").has("StageName");
    event.put("rawPath", (stage ? "/dev" : "") + path);
    ObjectNode context = event.withObjectProperty("requestContext");
    context.put("stage", stage ? "dev" : "$default").putObject("http").put("method", method);
    return event;
  }

  private String type() {
    return template.at("/Resources/Api/Type").asText();
  }

  @Override
  public String toString() {
    return name;
  }
}
