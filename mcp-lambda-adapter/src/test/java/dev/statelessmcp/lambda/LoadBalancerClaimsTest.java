package dev.statelessmcp.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.lambda.event.HttpEvent;
import dev.statelessmcp.lambda.event.LoadBalancerClaims;
import dev.statelessmcp.lambda.event.SignedClaims;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The token of a load balancer that authenticates users: believed only if it has signed it. */
class LoadBalancerClaimsTest {
  private static final String ARN =
      "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/lb/50dc6c495c0c9188";
  private static final String KID = "6f2c8a52-0b0e-4e2a-9f5e-8a1f0a2f7c11";
  private static final KeyPair KEYS = keys();

  private final List<String> asked = new ArrayList<>();
  private final TestContext context = new TestContext();
  private final LoadBalancerClaims claims = SignedClaims.of(ARN, kid -> {
    asked.add(kid);
    return pem(KEYS);
  });

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(KeyPair pair) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  private static ObjectNode header() {
    long exp = System.currentTimeMillis() / 1000 + 120;
    return Messages.json("{'typ':'JWT','alg':'ES256','iss':'https://idp','client':'c'}")
        .put("kid", KID)
        .put("signer", ARN)
        .put("exp", exp);
  }

  private static ObjectNode payload() {
    return Messages.json("{'sub':'user-42','scope':'r w','email':'u@example.com'}");
  }

  private static String base64(byte[] bytes, boolean padded) {
    Base64.Encoder encoder = Base64.getUrlEncoder();
    return (padded ? encoder : encoder.withoutPadding()).encodeToString(bytes);
  }

  private static String token(ObjectNode header, ObjectNode payload, boolean padded) {
    String signed = base64(Json.write(header), padded) + "." + base64(Json.write(payload), padded);
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(KEYS.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + base64(signature.sign(), padded);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Caller caller(LoadBalancerClaims believed, String token, String identity) {
    HttpHeaders.Builder headers = HttpHeaders.builder().add("x-amzn-oidc-data", token);
    return LambdaSettings.userOf(
        believed,
        headers.add("x-amzn-oidc-identity", identity).build(),
        new InvocationLog(context));
  }

  private void refused(String token, String why) {
    assertTrue(caller(claims, token, "user-42").isAnonymous());
    String line = context.line().get("message").textValue();
    assertTrue(line.contains(why), line);
    assertEquals("WARN", context.line().get("level").textValue());
    assertFalse(context.lines.get(0).text().contains(token), "the token is in the log");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isBelievedAndItsKeyIsFetchedOnce(boolean padded) {
    for (int i = 0; i < 3; i++) {
      Caller caller = caller(claims, token(header(), payload(), padded), "user-42");
      assertEquals("user-42", caller.principal());
      assertEquals(Set.of("r", "w"), caller.scopes());
      assertEquals("u@example.com", caller.claims().get("email").textValue());
    }
    assertEquals(List.of(KID), asked);
    assertEquals(List.of(), context.lines);
  }

  @Test
  void ofAnotherLoadBalancerIsNotBelieved() {
    refused(token(header().put("signer", ARN + "0"), payload(), true), "another signer");
    assertEquals(List.of(), asked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "RS256", "HS256", "es256", ""})
  void withAnotherAlgorithmIsNotBelieved(String algorithm) {
    refused(token(header().put("alg", algorithm), payload(), true), "another signer");
  }

  @Test
  void thatWasChangedIsNotBelieved() {
    String[] right = token(header(), payload(), false).split("\\.", -1);
    String other = base64(Json.write(payload().put("sub", "admin")), false);
    refused(right[0] + "." + other + "." + right[2], "signature");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a.b", "a.b.c", "..", "a.b.c.d", "!!.!!.!!", "e30.e30.e30"})
  void thatIsNoneIsNotBelieved(String token) {
    assertTrue(caller(claims, token, "user-42").isAnonymous());
    assertEquals("WARN", context.line().get("level").textValue());
  }

  @Test
  void withASignatureOfTheWrongLengthIsNotBelieved() {
    String right = token(header(), payload(), false);
    for (String signature : List.of("", "AA", "A".repeat(200))) {
      String token = right.substring(0, right.lastIndexOf('.') + 1) + signature;
      assertTrue(caller(claims, token, "user-42").isAnonymous(), signature);
    }
  }

  /** Bits behind the last byte make another text of the same signature. */
  @Test
  void withAnotherTextOfTheSameSignatureIsNotBelieved() {
    String right = token(header(), payload(), false);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    char last = right.charAt(right.length() - 1);
    String start = right.substring(0, right.length() - 1);
    refused(start + alphabet.charAt(alphabet.indexOf(last) + 1), "Base64");
  }

  @Test
  void thatHasExpiredIsNotBelieved() {
    refused(token(header().put("exp", 1_600_000_000), payload(), true), "expired");
  }

  @Test
  void withoutATimeIsNotBelieved() {
    ObjectNode header = header();
    header.remove("exp");
    refused(token(header, payload(), true), "expired");
  }

  @Test
  void thatNamesAnotherUserThanTheHeaderIsNotBelieved() {
    Caller caller = caller(claims, token(header(), payload(), true), "admin");
    assertTrue(caller.isAnonymous());
    assertTrue(context.line().get("message").textValue().contains("another user"));
  }

  @Test
  void twoTokensAreRejected() {
    String token = token(header(), payload(), true);
    HttpHeaders headers = HttpHeaders.of("x-amzn-oidc-data", token, "x-amzn-oidc-data", token);
    assertTrue(
        LambdaSettings.userOf(claims, headers, new InvocationLog(context)).isAnonymous());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../x", "a/b", "ключ", "a b", "%2e", "a?b", "a#b", "LONG"})
  void invalidKeyIdsAreNotFetched(String kid) {
    String id = kid.equals("LONG") ? "a".repeat(65) : kid;
    refused(token(header().put("kid", id), payload(), true), "key");
    assertEquals(List.of(), asked);
  }

  @Test
  void tokenWhoseKeyCannotBeFetchedIsRefusedAndTheKeyFetchedAgain() {
    LoadBalancerClaims failing = SignedClaims.of(ARN, kid -> {
      asked.add(kid);
      throw new IOException("no way");
    });
    assertTrue(caller(failing, token(header(), payload(), true), null).isAnonymous());
    assertTrue(context.line().get("message").textValue().contains("no way"));
    assertTrue(caller(failing, token(header(), payload(), true), null).isAnonymous());
    assertEquals(2, asked.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "<html>", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"})
  void tokenWithInvalidKeyIsRefused(String pem) {
    LoadBalancerClaims odd = SignedClaims.of(ARN, kid -> pem);
    assertTrue(caller(odd, token(header(), payload(), true), "user-42").isAnonymous());
  }

  @Test
  void itIsBelievedOfALoadBalancerAloneAndOnlyIfThatIsSet() {
    LambdaSettings set = LambdaSettings.defaults().loadBalancer(claims);
    String token = token(header(), payload(), true);
    for (EventShape shape : EventShape.values()) {
      ObjectNode json =
          shape.event("POST", "/mcp", Messages.headers("x-amzn-oidc-data", token), "{}");
      HttpEvent event = HttpEvent.of(json);
      boolean believed = shape == EventShape.ALB || shape == EventShape.ALB_MULTI_VALUE;
      InvocationLog log = new InvocationLog(context);
      assertEquals(believed ? "user-42" : "", set.callerOf(event, log).principal(), shape.name());
      assertTrue(LambdaSettings.defaults().callerOf(event, log).isAnonymous());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "arn",
        "arn:aws:elasticloadbalancing::123456789012:loadbalancer/app/lb/5",
        "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/lb/5",
        "arn:aws:lambda:us-east-1:123456789012:loadbalancer/app/lb/5",
        "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/lb/5:x"
      })
  void settingMustBeAnArn(String arn) {
    assertThrows(IllegalArgumentException.class, () -> LambdaSettings.defaults().loadBalancer(arn));
  }
}
