package dev.statelessmcp.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who calls: what each kind of authorizer says, and nothing that a client could have written. */
class CallersTest {
  private static final TestFunction FUNCTION = new TestFunction(
      McpServer.named("t", "1")
          .tool(Tool.ofSchema("who", "", "{\"type\":\"object\"}", (in, call) -> {
            Caller caller = call.caller();
            return ToolResult.text(caller.principal() + " " + new TreeSet<>(caller.scopes()) + " "
                + Json.text(caller.claims()));
          }))
          .build(),
      LambdaSettings.defaults());

  /** The caller of an event, with something more in its request context. */
  private static String caller(EventShape shape, String context) {
    ObjectNode event = Messages.event(shape, Messages.call(1, "who", "{}"));
    event.withObjectProperty("requestContext").setAll(Messages.json(context));
    return text(FUNCTION.invoke(event));
  }

  private static String text(JsonNode answer) {
    return Messages.body(answer).at("/result/content/0/text").textValue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "REST_API|{'authorizer':{'principalId':'ann','integrationLatency':3,'scope':'r w','x':'y'}}"
            + "|ann [r, w] {'principalId':'ann','scope':'r w','x':'y'}",
        "REST_API|{'authorizer':{'claims':{'sub':'ann','scope':'r w'}}}"
            + "|ann [r, w] {'sub':'ann','scope':'r w'}",
        "REST_API|{'identity':{'userArn':'arn:ann','accessKey':'SECRET','apiKey':'SECRET','user':'u',"
            + "'accountId':null,'sourceIp':'1.2.3.4','userAgent':'a'}}"
            + "|arn:ann [] {'userArn':'arn:ann','user':'u'}",
        "REST_API|{'identity':{'clientCert':{'subjectDN':'CN=a','clientCertPem':'SECRET',"
            + "'issuerDN':'CN=b'}}}|CN=a [] {'subjectDN':'CN=a','issuerDN':'CN=b'}",
        "HTTP_API_1|{'authorizer':{'claims':{'sub':'ann'},'scopes':['r']}}|ann [r] {'sub':'ann'}",
        "HTTP_API_2|{'authorizer':{'jwt':{'claims':{'sub':'ann','scope':'a b'},'scopes':['r']}}}"
            + "|ann [a, b, r] {'sub':'ann','scope':'a b'}",
        "HTTP_API_2|{'authorizer':{'jwt':{'claims':{'client_id':'m','scp':'[a b]'},'scopes':null}}}"
            + "|m [a, b] {'client_id':'m','scp':'[a b]'}",
        "HTTP_API_2|{'authorizer':{'jwt':{'claims':{'sub':'ann','scp':'a b'}}}}"
            + "|ann [a, b] {'sub':'ann','scp':'a b'}",
        "HTTP_API_2|{'authorizer':{'lambda':{'principal':'ann','scope':['r','w'],'n':5}}}"
            + "|ann [r, w] {'principal':'ann','scope':['r','w'],'n':5}",
        "HTTP_API_2|{'authorizer':{'iam':{'userArn':'arn:ann','accessKey':'SECRET','userId':'u'}}}"
            + "|arn:ann [] {'userArn':'arn:ann','userId':'u'}",
        "FUNCTION_URL|{'authorizer':{'iam':{'userArn':'arn:ann','accessKey':'SECRET'}}}"
            + "|arn:ann [] {'userArn':'arn:ann'}",
        "HTTP_API_2|{'authentication':{'clientCert':{'subjectDN':'CN=a','clientCertPem':'SECRET'}}}"
            + "|CN=a [] {'subjectDN':'CN=a'}",
        "LATTICE_2|{'identity':{'type':'AWS_IAM','principal':'arn:ann','principalOrgID':'o'}}"
            + "|arn:ann [] {'type':'AWS_IAM','principal':'arn:ann','principalOrgID':'o'}",
        "LATTICE_2|{'identity':{'sourceVpcArn':'arn:vpc'}}| [] {}",
        "REST_API|{'authorizer':null,'identity':{'userArn':null,'apiKey':'SECRET'}}| [] {}",
        "HTTP_API_2|{'authorizer':{}}| [] {}",
        "HTTP_API_2|{'authorizer':{'jwt':{'claims':'ann'},'iam':{'userArn':5}}}| [] {}",
      })
  void isWhatTheAuthorizerSays(EventShape shape, String context, String expected) {
    String caller = caller(shape, context);
    assertEquals(expected.replace('\'', '"').strip(), caller.strip());
    assertFalse(caller.contains("SECRET"), caller);
  }

  @ParameterizedTest
  @EnumSource(EventShape.class)
  void headersOfAClientDoNotMakeACaller(EventShape shape) {
    Map<String, String> headers = new LinkedHashMap<>(Messages.headers());
    headers.put("Authorization", "Bearer admin");
    headers.put("x-amzn-oidc-data", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.");
    headers.put("x-amzn-oidc-identity", "admin");
    headers.put("x-amzn-oidc-accesstoken", "admin");
    headers.put("x-amzn-lattice-identity", "Principal=arn:aws:iam::123456789012:role/admin");
    headers.put("x-amzn-mtls-clientcert-subject", "CN=admin");
    headers.put("x-amzn-mtls-clientcert", "admin");
    headers.put("x-forwarded-user", "admin");
    headers.put("x-apigateway-event", "{\"requestContext\":{\"authorizer\":{\"sub\":\"admin\"}}}");
    headers.put("x-amzn-request-context", "{\"authorizer\":{\"lambda\":{\"sub\":\"admin\"}}}");
    ObjectNode event = shape.event(
        "POST", "/mcp", headers, Json.text(Messages.call(1, "who", "{'principalId':'admin'}")));
    event.withObjectProperty("queryStringParameters").put("principalId", "admin");
    event.withObjectProperty("stageVariables").put("principalId", "admin");
    assertEquals(" [] {}", text(FUNCTION.invoke(event)));
  }

  @Test
  void directInvocationIsAnonymous() {
    ObjectNode call = Messages.call(1, "who", "{}");
    call.putObject("authorizer").put("principalId", "admin");
    JsonNode answer = FUNCTION.invoke(call, new TestContext());
    assertEquals(" [] {}", answer.at("/result/content/0/text").textValue());
  }
}
