package dev.statelessmcp.lambda.local.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** What the events of payload 1.0 have in common, of both kinds of API. */
final class Version1Context {
  static final String ACCOUNT = "123456789012";
  static final String API = "local0api0";
  static final String DOMAIN = API + ".execute-api.us-east-1.amazonaws.com";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);

  private static final List<String> IDENTITY_BEFORE = List.of(
      "accessKey",
      "accountId",
      "apiKey",
      "apiKeyId",
      "caller",
      "cognitoAuthenticationProvider",
      "cognitoAuthenticationType",
      "cognitoIdentityId",
      "cognitoIdentityPoolId",
      "principalOrgId",
      "user",
      "userArn");

  private Version1Context() {}

  static String time(Instant instant) {
    return TIME.format(instant.atOffset(ZoneOffset.UTC));
  }

  /** Resource, path, method, headers, query: everything before the context. */
  static ObjectNode event(
      ClientRequest request, Routes.Route route, Map<String, List<String>> headers) {
    ObjectNode event = Json.object()
        .put("resource", route.resource())
        .put("path", request.path())
        .put("httpMethod", request.method());
    Json.putAll(event.putObject("headers"), headers, Json::last);
    Json.putLists(event.putObject("multiValueHeaders"), headers);
    Map<String, List<String>> query = Query.decoded(request.query());
    if (query.isEmpty()) {
      event.putNull("queryStringParameters").putNull("multiValueQueryStringParameters");
    } else {
      Json.putAll(event.putObject("queryStringParameters"), query, Json::last);
      Json.putLists(event.putObject("multiValueQueryStringParameters"), query);
    }
    if (route.proxy() == null) {
      event.putNull("pathParameters");
    } else {
      event.putObject("pathParameters").put("proxy", route.proxy());
    }
    return event.putNull("stageVariables");
  }

  /**
   * Adds the context.
   *
   * @param path with the stage, if there is one in front
   */
  static ObjectNode addTo(
      ObjectNode event, ClientRequest request, Routes.Route route, String stage, String path) {
    Instant now = Instant.now();
    ObjectNode context = event
        .putObject("requestContext")
        .put("accountId", ACCOUNT)
        .put("apiId", API)
        .put("domainName", DOMAIN)
        .put("domainPrefix", API)
        .put("extendedRequestId", requestId())
        .put("httpMethod", request.method());
    ObjectNode identity = context.putObject("identity");
    IDENTITY_BEFORE.forEach(identity::putNull);
    identity.put("sourceIp", request.sourceIp()).put("userAgent", request.header("User-Agent"));
    return context
        .put("path", path)
        .put("protocol", request.version())
        .put("requestId", UUID.randomUUID().toString())
        .put("requestTime", time(now))
        .put("requestTimeEpoch", now.toEpochMilli())
        .put("resourceId", "local0")
        .put("resourcePath", route.resource())
        .put("stage", stage);
  }

  /** In the style of API Gateway's short ids. */
  static String requestId() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, 15) + "=";
  }
}
