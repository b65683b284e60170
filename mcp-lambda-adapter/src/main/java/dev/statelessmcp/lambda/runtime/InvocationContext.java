package dev.statelessmcp.lambda.runtime;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import org.jspecify.annotations.Nullable;

/** The context of one invocation. */
final class InvocationContext implements Context {
  private final FunctionEnvironment function;
  private final ReceivedEvent invocation;
  private final LambdaLogger logger;
  private final @Nullable CognitoIdentity identity;
  private final @Nullable ClientContext clientContext;

  /**
   * Creates a context.
   *
   * @throws IllegalArgumentException if a header that came with the event cannot be read
   */
  InvocationContext(FunctionEnvironment function, ReceivedEvent invocation, LambdaLogger logger) {
    this.function = function;
    this.invocation = invocation;
    this.logger = logger;
    identity = InvokerHeaders.identity(invocation.cognitoIdentity());
    clientContext = InvokerHeaders.clientContext(invocation.clientContext());
  }

  @Override
  public String getAwsRequestId() {
    return invocation.requestId();
  }

  @Override
  public @Nullable String getLogGroupName() {
    return function.logGroup();
  }

  @Override
  public @Nullable String getLogStreamName() {
    return function.logStream();
  }

  @Override
  public @Nullable String getFunctionName() {
    return function.name();
  }

  @Override
  public @Nullable String getFunctionVersion() {
    return function.version();
  }

  @Override
  public @Nullable String getInvokedFunctionArn() {
    return invocation.functionArn();
  }

  /** Null if the caller has none. */
  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return identity;
  }

  /** Null if the caller sent none. */
  @Override
  public @Nullable ClientContext getClientContext() {
    return clientContext;
  }

  /** {@inheritDoc} At least 0; {@code Integer.MAX_VALUE} if there is no deadline. */
  @Override
  public int getRemainingTimeInMillis() {
    long left = invocation.deadlineMillis() - System.currentTimeMillis();
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, left));
  }

  @Override
  public int getMemoryLimitInMB() {
    return function.memoryMb();
  }

  @Override
  public LambdaLogger getLogger() {
    return logger;
  }

  @Override
  public @Nullable String getTenantId() {
    return invocation.tenantId();
  }

  @Override
  public @Nullable String getXrayTraceId() {
    return invocation.traceId();
  }
}
