package dev.statelessmcp.lambda.task;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests to AWS.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create
 *     a signed AWS API request</a>
 */
final class AwsSignature {
  private AwsSignature() {}

  /**
   * Creates the headers of a signed request.
   *
   * @param method such as {@code POST}
   * @param path the path as it is sent, percent-encoded
   * @param query the query as it is sent, percent-encoded and sorted; empty for none
   * @param headers the headers to sign, {@code host} among them, by lower-case name
   * @return the headers with {@code x-amz-date}, {@code x-amz-security-token} and
   *     {@code authorization}
   */
  static Map<String, String> sign(
      String method,
      String path,
      String query,
      Map<String, String> headers,
      byte[] body,
      AwsCredentials credentials,
      String region,
      String service,
      Instant now) {
    String time = time(now);
    SortedMap<String, String> signed = new TreeMap<>(headers);
    signed.put("x-amz-date", time);
    String token = credentials.sessionToken();
    if (token != null) {
      signed.put("x-amz-security-token", token);
    }
    StringBuilder canonical = new StringBuilder(method)
        .append('\n')
        .append(path.replace("%", "%25")) // "URI-encode each path segment twice"
        .append('\n')
        .append(query)
        .append('\n');
    for (Map.Entry<String, String> header : signed.entrySet()) {
      canonical
          .append(header.getKey())
          .append(':')
          .append(header.getValue().strip())
          .append('\n');
    }
    String names = String.join(";", signed.keySet());
    canonical.append('\n').append(names).append('\n').append(sha256(body));

    String date = time.substring(0, 8);
    String scope = date + "/" + region + "/" + service + "/aws4_request";
    String text = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n"
        + sha256(canonical.toString().getBytes(StandardCharsets.UTF_8));
    byte[] key = ("AWS4" + credentials.secretAccessKey()).getBytes(StandardCharsets.UTF_8);
    for (String part : new String[] {date, region, service, "aws4_request"}) {
      key = hmac(key, part);
    }
    signed.put(
        "authorization",
        "AWS4-HMAC-SHA256 Credential=" + credentials.accessKeyId() + "/" + scope
            + ", SignedHeaders=" + names + ", Signature=" + hex(hmac(key, text)));
    return signed;
  }

  /**
   * Formats a time as 20150830T123600Z, without a formatter, which would load many calendar
   * classes.
   */
  private static String time(Instant now) { // cold start
    String text = now.toString(); // 2015-08-30T12:36:00Z, or with a fraction
    StringBuilder time = new StringBuilder(16);
    for (int i = 0; i < 19; i++) {
      char c = text.charAt(i);
      if (c != '-' && c != ':') {
        time.append(c);
      }
    }
    return time.append('Z').toString();
  }

  private static String sha256(byte[] bytes) {
    try {
      return hex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static String hex(byte[] bytes) {
    StringBuilder hex = new StringBuilder(bytes.length * 2);
    for (byte each : bytes) {
      hex.append(Character.forDigit((each >> 4) & 0xf, 16));
      hex.append(Character.forDigit(each & 0xf, 16));
    }
    return hex.toString();
  }
}
