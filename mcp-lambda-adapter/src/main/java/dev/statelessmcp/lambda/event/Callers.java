package dev.statelessmcp.lambda.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.json.Json;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Reads the caller that a gateway has authenticated, only from members that a client cannot set.
 */
final class Callers {
  /** Credentials, names of credentials, and members that are not about the caller. */
  private static final Set<String> LEFT_OUT =
      Set.of("accessKey", "apiKey", "sourceIp", "userAgent", "clientCert", "integrationLatency");

  private Callers() {}

  /**
   * Payload 1.0: a Lambda authorizer, a Cognito or JWT authorizer, IAM, or a client certificate.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html">Variables
   *     of API Gateway</a>
   */
  static Caller ofRestApi(JsonNode requestContext) {
    JsonNode authorizer = requestContext.path("authorizer");
    if (authorizer.path("claims").isObject()) {
      return ofClaims(authorizer.get("claims"), authorizer.path("scopes"));
    }
    if (authorizer.isObject() && !authorizer.isEmpty()) {
      return ofContext(authorizer);
    }
    JsonNode identity = requestContext.path("identity");
    if (identity.path("userArn").isTextual()) {
      return new Caller(identity.get("userArn").textValue(), Set.of(), claims(identity));
    }
    return ofCertificate(identity.path("clientCert"));
  }

  /**
   * Payload 2.0: a JWT or Lambda authorizer, IAM, or a client certificate.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">Payload
   *     formats of HTTP APIs</a>
   */
  static Caller ofHttpApi(JsonNode requestContext) {
    JsonNode authorizer = requestContext.path("authorizer");
    JsonNode jwt = authorizer.path("jwt");
    if (jwt.path("claims").isObject()) {
      return ofClaims(jwt.get("claims"), jwt.path("scopes"));
    }
    if (authorizer.path("lambda").isObject()) {
      return ofContext(authorizer.get("lambda"));
    }
    JsonNode iam = authorizer.path("iam");
    if (iam.path("userArn").isTextual()) {
      return new Caller(iam.get("userArn").textValue(), Set.of(), claims(iam));
    }
    return ofCertificate(requestContext.path("authentication").path("clientCert"));
  }

  /** VPC Lattice, event format 2.0, with the auth type AWS_IAM. */
  static Caller ofLattice(JsonNode requestContext) {
    JsonNode identity = requestContext.path("identity");
    return identity.path("principal").isTextual()
        ? new Caller(identity.get("principal").textValue(), Set.of(), claims(identity))
        : Caller.ANONYMOUS;
  }

  /** The claims of a token that has been verified. */
  static Caller ofClaims(JsonNode claims, JsonNode scopes) {
    Set<String> all = new HashSet<>();
    add(all, scopes);
    add(all, claims.path("scope"));
    String scp = claims.path("scp").textValue();
    if (scp != null && scp.startsWith("[") && scp.endsWith("]")) {
      // API Gateway converts a list in the token to text
      add(all, TextNode.valueOf(scp.substring(1, scp.length() - 1)));
    } else {
      add(all, claims.path("scp"));
    }
    // Tokens of machines may lack a subject
    String subject = firstText(claims, "sub", "client_id", "azp");
    return new Caller(subject, all, claims(claims));
  }

  /**
   * The caller from the context of a Lambda authorizer; simple responses have the principal in it.
   */
  private static Caller ofContext(JsonNode context) {
    Set<String> scopes = new HashSet<>();
    add(scopes, context.path("scope"));
    String principal = firstText(context, "principalId", "principal", "sub");
    return new Caller(principal, scopes, claims(context));
  }

  private static Caller ofCertificate(JsonNode certificate) {
    if (!certificate.path("subjectDN").isTextual()) {
      return Caller.ANONYMOUS;
    }
    ObjectNode claims = claims(certificate);
    claims.remove("clientCertPem");
    return new Caller(certificate.get("subjectDN").textValue(), Set.of(), claims);
  }

  private static String firstText(JsonNode object, String... names) {
    for (String name : names) {
      if (object.path(name).isTextual()) {
        return object.get(name).textValue();
      }
    }
    return "";
  }

  private static void add(Set<String> scopes, JsonNode some) {
    if (some.isTextual()) {
      for (String scope : some.textValue().split(" ", -1)) {
        if (!scope.isBlank()) {
          scopes.add(scope.strip());
        }
      }
    }
    if (some.isArray()) {
      some.forEach(scope -> add(scopes, scope));
    }
  }

  private static ObjectNode claims(JsonNode known) {
    ObjectNode claims = Json.object();
    for (Map.Entry<String, JsonNode> claim : known.properties()) {
      if (!claim.getValue().isNull() && !LEFT_OUT.contains(claim.getKey())) {
        claims.set(claim.getKey(), claim.getValue());
      }
    }
    return claims;
  }
}
