package dev.statelessmcp.lambda.event;

import java.io.IOException;

/** Claims of a load balancer whose public keys come from a test. */
public final class SignedClaims {

  /** Where the keys come from. */
  @FunctionalInterface
  public interface Keys {
    /** The key with an id, in PEM. */
    String pem(String keyId) throws IOException;
  }

  private SignedClaims() {}

  /** Claims that a load balancer signs. */
  public static LoadBalancerClaims of(String arn, Keys keys) {
    return new LoadBalancerClaims(arn, keys::pem);
  }
}
