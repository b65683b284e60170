package dev.statelessmcp.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PublicApiDifferencesTest {
  @Test
  void changedMemberIsShownUnderItsType() {
    String before = "# header\n\na.B\n  public final class\n  public int size()\n";
    String after = "a.B\n  public final class\n  public long size()\n";
    assertEquals(
        "a.B\n  - public int size()\n  + public long size()\n",
        PublicApi.differences(PublicApi.parse(before), PublicApi.parse(after)));
  }

  @Test
  void newTypeIsShownWhole() {
    assertEquals(
        "a.B\n  + public interface\n",
        PublicApi.differences(PublicApi.parse(""), PublicApi.parse("a.B\n  public interface\n")));
  }

  @Test
  void whatIsWrittenIsReadBackTheSame() throws IOException {
    PublicApi api = PublicApi.in(Path.of("target", "classes"), true);
    assertEquals(
        "", PublicApi.differences(PublicApi.parse(api.text()), PublicApi.parse(api.text())));
    assertTrue(api.text().contains("dev.statelessmcp.McpServer\n"));
    assertTrue(api.text().lines().noneMatch(line -> line.startsWith("dev.statelessmcp.engine.")));
  }
}
