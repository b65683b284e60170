package dev.statelessmcp.lambda.local.cli;

import dev.statelessmcp.lambda.local.DeploymentPackage;
import dev.statelessmcp.lambda.local.Environments;
import dev.statelessmcp.lambda.local.InitException;
import dev.statelessmcp.lambda.local.LambdaProcess;
import dev.statelessmcp.lambda.local.LambdaProcessBuilder;
import dev.statelessmcp.lambda.local.async.AwsApi;
import dev.statelessmcp.lambda.local.event.EventFormat;
import dev.statelessmcp.lambda.local.event.EventFormats;
import dev.statelessmcp.lambda.local.front.Front;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The command line: {@code java -jar lambda-local.jar --help}. */
public final class LambdaLocalMain {
  private static final String STREAMING_RUNTIME =
      "dev.statelessmcp.lambda.runtime.StreamingRuntime";

  private LambdaLocalMain() {}

  /**
   * Serves a function until it is stopped.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** The exit code: 0; 1 if the function could not run; 2 for invalid options. */
  static int run(String[] arguments) {
    try {
      Options options = Options.parse(arguments);
      if (options.help()) {
        System.out.print(Options.HELP);
        return 0;
      }
      if (!System.getProperty("os.name").equals("Linux")) {
        return failed("AWS's runtime client runs only on Linux: use a container or WSL");
      }
      return serve(options);
    } catch (UsageException e) {
      say(e.getMessage() + "; --help shows the options");
      return 2;
    } catch (NoSuchFileException e) {
      return failed(e.getFile() + ": the file or folder does not exist");
    } catch (InitException e) {
      return failed("the function did not start: " + e.reason());
    } catch (IOException e) {
      return failed(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      return 0;
    }
  }

  private static int serve(Options options) throws IOException, InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(LambdaLocalMain::killFunctions, "kill"));
    try (DeploymentPackage code = DeploymentPackage.open(options.code())) {
      if (options.stream() && !code.has(STREAMING_RUNTIME)) {
        return failed("--stream needs " + STREAMING_RUNTIME + " in the package; the class"
            + " is part of mcp-lambda-adapter");
      }
      Optional<String> problem = code.problem(options.handler());
      if (problem.isPresent()) {
        return failed("the function cannot start: " + problem.get());
      }
      EventFormat format = EventFormats.of(options.event(), options.gateway());
      if (options.archive() != null) {
        new ArchiveCommand(options, options.archive()).run(code, format);
        say("wrote " + options.archive());
        return 0;
      }
      try (AwsApi aws = AwsApi.start(options.asynchronous(), LambdaLocalMain::say);
          Environments environments = Environments.start(
              function(options, code, aws),
              options.environments(),
              Math.max(1, options.callsEach()))) {
        aws.attach(environments, Math.max(options.environments(), options.callsEach()));
        killEvery(options.killSeconds(), aws);
        say("Lambda and SQS for the function at " + aws.url());
        try (Front front = listen(options, format, environments)) {
          Runtime.getRuntime()
              .addShutdownHook(new Thread(() -> stop(front, environments, aws, code), "stop"));
          String path = options.gateway().paths().stream().findFirst().orElse("/");
          say("listening on http://127.0.0.1:" + front.port() + format.pathPrefix() + path + " ("
              + options.event() + (options.stream() ? ", streaming" : "") + ")");
          new CountDownLatch(1).await();
        }
      }
    }
    return 0;
  }

  /**
   * Kills all functions, including those that are still starting and would outlive this process.
   */
  private static void killFunctions() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }

  private static void killEvery(int seconds, AwsApi aws) {
    if (seconds > 0) {
      Thread thread = new Thread(
          () -> {
            try {
              while (true) {
                Thread.sleep(seconds * 1000L);
                aws.kill();
              }
            } catch (InterruptedException e) {
              // Not interrupted; it ends with the process
              Thread.currentThread().interrupt();
            }
          },
          "kill-every");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void stop(
      Front front, Environments environments, AwsApi aws, DeploymentPackage code) {
    front.close();
    aws.close();
    environments.close();
    code.close();
  }

  private static Front listen(Options options, EventFormat format, Environments environments)
      throws IOException {
    try {
      return Front.start(
          format, environments, options.port(), options.stream(), LambdaLocalMain::say);
    } catch (BindException e) {
      throw new IOException("cannot listen on port " + options.port() + ": " + e.getMessage(), e);
    }
  }

  private static LambdaProcessBuilder function(
      Options options, DeploymentPackage code, AwsApi aws) {
    LambdaProcessBuilder function = LambdaProcess.of(code.root(), options.handler())
        .javaHome(options.javaHome())
        .memoryMb(options.memoryMb())
        .timeout(Duration.ofSeconds(options.timeoutSeconds()))
        .output(System.err::println);
    if (options.stream()) {
      function.ownRuntime(STREAMING_RUNTIME);
    }
    if (options.snapStart()) {
      function.environment("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    }
    if (options.callsEach() > 0) {
      function.environment("AWS_LAMBDA_MAX_CONCURRENCY", Integer.toString(options.callsEach()));
    }
    aws.environment().forEach(function::environment);
    function.environment("TASK_QUEUE_URL", aws.queueUrl());
    options.environment().forEach(function::environment);
    return function;
  }

  private static int failed(String why) {
    say(why);
    return 1;
  }

  private static void say(String what) {
    System.err.println("lambda-local: " + what);
  }
}
