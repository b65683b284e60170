package dev.statelessmcp.lambda.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.lambda.local.async.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
  private static final String NEEDED = "--event rest --handler a.B --code f.zip";

  private static Options parse(String line) throws UsageException {
    return Options.parse(line.split(" "));
  }

  @Test
  void defaultsAreLambdasWhereItHasThem() throws Exception {
    Options options = parse(NEEDED);
    assertEquals(Path.of("f.zip"), options.code());
    assertEquals(3000, options.port());
    assertEquals(512, options.memoryMb());
    assertEquals(15, options.timeoutSeconds());
    assertEquals(10, options.environments());
    assertEquals(0, options.callsEach());
    assertEquals(List.of(), options.gateway().paths());
    assertNull(options.archive());
    assertNull(options.tool());
  }

  @Test
  void anArchiveIsTrainedWithOneToolOrNone() throws Exception {
    Options options = parse(NEEDED + " --archive out.zip --tool echo --arguments {\"a\":1}");
    assertEquals(Path.of("out.zip"), options.archive());
    assertEquals("echo", options.tool());
    assertEquals("{\"a\":1}", options.toolArguments());
    assertEquals("{}", parse(NEEDED + " --archive out.zip --tool echo").toolArguments());
  }

  @Test
  void asynchronousDeliveryIsThatOfLambdaUnlessItIsSet() throws Exception {
    assertEquals(Settings.DEFAULT, parse(NEEDED).asynchronous());
    assertEquals(0, parse(NEEDED).killSeconds());
    Options options = parse(NEEDED + " --retry-delay 2 --visibility-timeout 3 --deliver-twice 4"
        + " --kill-every 5 --seed 6");
    assertEquals(
        new Settings(Duration.ofSeconds(2), Duration.ofSeconds(3), 5, 4, 6),
        options.asynchronous());
    assertEquals(5, options.killSeconds());
  }

  @Test
  void everythingCanBeSet() throws Exception {
    Options options = parse(NEEDED
        + " --port 0 --stage prod --path /mcp --path /.well-known/x --binary-types a/b,c/d"
        + " --memory 128 --timeout 900 --env A=b=c --env D= --max-concurrency 4 --snap-start");
    assertEquals("prod", options.gateway().stage());
    assertEquals(List.of("/mcp", "/.well-known/x"), options.gateway().paths());
    assertEquals(List.of("a/b", "c/d"), options.gateway().binaryMediaTypes());
    assertEquals(Map.of("A", "b=c", "D", ""), options.environment());
    assertEquals(1, options.environments());
    assertEquals(4, options.callsEach());
    assertTrue(options.snapStart());
    assertTrue(parse("--help").help());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--event rest | --handler is missing",
        "--handler | --handler needs a value",
        "--event --handler | --event needs a value",
        "--nonsense | unknown option \"--nonsense\"",
        "--event rest --event rest | --event is given twice",
        "--event soap | --event must be one of rest, http, http1, url, alb, alb-multi, lattice,"
            + " lattice1, direct, was \"soap\"",
        NEEDED + " --port x | --port must be a number from 0 to 65535, was \"x\"",
        NEEDED + " --memory 64 | --memory must be a number from 128 to 10240, was \"64\"",
        NEEDED
            + " --deliver-twice 101 | --deliver-twice must be a number from 0 to 100, was \"101\"",
        NEEDED + " --env A | --env must be NAME=VALUE, was \"A\"",
        NEEDED + " --path mcp/ | --path must be like /echo/mcp, without the stage, was \"mcp/\"",
        NEEDED + " --stage a/b | --stage must be letters, digits, - and _, was \"a/b\"",
        NEEDED + " --java /nowhere | --java has no bin/java: /nowhere",
        NEEDED + " --concurrency 2 --max-concurrency 2 | --concurrency and --max-concurrency"
            + " exclude each other",
        NEEDED + " --tool echo | --tool is only for --archive",
        NEEDED + " --archive f --arguments {} | --arguments is only for --tool",
        "--event alb --stream | --stream is not for --event alb",
        "--event url --stage a | --stage is not for --event url"
      })
  void saysWhatIsWrong(String line, String message) {
    assertEquals(message, assertThrows(UsageException.class, () -> parse(line)).getMessage());
  }
}
