package dev.statelessmcp.lambda.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The signatures of AWS's own test suite of Signature Version 4. */
class AwsSignatureTest {
  private static final AwsCredentials CREDENTIALS =
      new AwsCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null);

  private static Map<String, String> sign(String method, String query, AwsCredentials with) {
    return AwsSignature.sign(
        method,
        "/",
        query,
        Map.of("host", "example.amazonaws.com"),
        new byte[0],
        with,
        "us-east-1",
        "service",
        Instant.parse("2015-08-30T12:36:00Z"));
  }

  private static void assertSignature(String expected, Map<String, String> signed) {
    assertEquals(
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
            + " SignedHeaders=host;x-amz-date, Signature=" + expected,
        signed.get("authorization"));
    assertEquals("20150830T123600Z", signed.get("x-amz-date"));
  }

  @Test
  void getVanilla() {
    assertSignature(
        "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        sign("GET", "", CREDENTIALS));
  }

  @Test
  void postVanilla() {
    assertSignature(
        "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
        sign("POST", "", CREDENTIALS));
  }

  @Test
  void getVanillaQueryOrder() {
    assertSignature(
        "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
        sign("GET", "Param1=value1&Param2=value2", CREDENTIALS));
  }

  @Test
  void aSessionTokenIsSigned() {
    Map<String, String> signed =
        sign("POST", "", new AwsCredentials("AKIDEXAMPLE", "secret", "token"));
    assertEquals("token", signed.get("x-amz-security-token"));
    assertEquals(
        "SignedHeaders=host;x-amz-date;x-amz-security-token",
        signed.get("authorization").split(", ", -1)[1]);
  }
}
