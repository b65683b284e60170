package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The runtime's context with another logger, whose lines have the request id on every thread. Used
 * only if Lambda is configured to log JSON.
 */
final class HandlerContext implements Context {
  private final Context context;
  private final InvocationLog log;

  private HandlerContext(Context context, InvocationLog log) {
    this.context = context;
    this.log = log;
  }

  static @Nullable Context of(
      @Nullable Context context, InvocationLog log, Map<String, String> environment) {
    boolean json = "JSON".equals(environment.get("AWS_LAMBDA_LOG_FORMAT"));
    return context != null && json ? new HandlerContext(context, log) : context;
  }

  /**
   * The X-Ray header of an invocation; null if there is none. Older runtimes have no method for it,
   * and set a system property instead, unless several invocations run at once.
   */
  static String traceIdOf(@Nullable Context context) {
    String id = null;
    try {
      id = context == null ? null : context.getXrayTraceId();
    } catch (NoSuchMethodError e) {
      // aws-lambda-java-core before 1.4.0: the runtime's own comes first on the class path
    }
    return id != null ? id : System.getProperty("com.amazonaws.xray.traceHeader");
  }

  @Override
  public LambdaLogger getLogger() {
    return new LambdaLogger() {
      @Override
      public void log(String message) {
        log(message, LogLevel.UNDEFINED);
      }

      @Override
      public void log(String message, LogLevel level) {
        log.write(level, message);
      }

      @Override
      public void log(byte[] message) {
        context.getLogger().log(message);
      }

      @Override
      public void log(byte[] message, LogLevel level) {
        context.getLogger().log(message, level);
      }
    };
  }

  @Override
  public String getAwsRequestId() {
    return context.getAwsRequestId();
  }

  @Override
  public String getLogGroupName() {
    return context.getLogGroupName();
  }

  @Override
  public String getLogStreamName() {
    return context.getLogStreamName();
  }

  @Override
  public String getFunctionName() {
    return context.getFunctionName();
  }

  @Override
  public String getFunctionVersion() {
    return context.getFunctionVersion();
  }

  @Override
  public String getInvokedFunctionArn() {
    return context.getInvokedFunctionArn();
  }

  @Override
  public CognitoIdentity getIdentity() {
    return context.getIdentity();
  }

  @Override
  public ClientContext getClientContext() {
    return context.getClientContext();
  }

  @Override
  public int getRemainingTimeInMillis() {
    return context.getRemainingTimeInMillis();
  }

  @Override
  public int getMemoryLimitInMB() {
    return context.getMemoryLimitInMB();
  }

  @Override
  public @Nullable String getTenantId() {
    try {
      return context.getTenantId();
    } catch (NoSuchMethodError e) { // as above
      return null;
    }
  }

  @Override
  public String getXrayTraceId() {
    return traceIdOf(context);
  }
}
