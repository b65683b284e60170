package dev.statelessmcp.examples.report;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.input.DeclinedException;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.input.StateKeys;
import dev.statelessmcp.schema.Default;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.schema.Range;
import dev.statelessmcp.task.TaskCall;
import dev.statelessmcp.task.TaskPolicy;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolResult;
import java.time.Duration;

/** The server: one tool, which writes a report chapter by chapter. */
final class ReportServer {
  /** How long a chapter takes: twelve of them are three minutes. */
  private static final long CHAPTER_MILLIS =
      Long.parseLong(System.getenv().getOrDefault("REPORT_CHAPTER_MILLIS", "15000"));

  record Report(
      @Description("The year of the report") @Range(min = 1900, max = 2100)
      int year,

      @Description("How many chapters it has") @Range(min = 1, max = 100) @Default("12")
      int chapters) {}

  record Chapter(int number, String text) {}

  record Approval(@Description("The name below the report") String signature) {}

  private ReportServer() {}

  static McpServer.Builder builder() {
    McpServer.Builder server = McpServer.named("report", "1.0.0")
        .instructions("report writes a report of a year. It takes minutes.")
        .tool(Tool.of("report", "Writes the report of a year", Report.class, ReportServer::write)
            .asks(QuestionKind.FORM)
            .apply(TaskPolicy.whenSupported()
                .ttl(Duration.ofHours(1))
                .pollInterval(Duration.ofSeconds(2))));
    String keys = System.getenv("MCP_STATE_KEYS");
    if (keys != null) {
      server.stateKeys(StateKeys.parse(keys)); // for clients that do not know tasks
    }
    return server;
  }

  private static ToolResult write(Report report, ToolCall call) throws Exception {
    TaskCall task = TaskCall.of(call);
    StringBuilder text = new StringBuilder("Report " + report.year() + "\n");
    int half = report.chapters() / 2;
    for (int number = 1; number <= report.chapters(); number++) {
      call.progress(number - 1, report.chapters(), "chapter " + number);
      if (number == half + 1) {
        try {
          Approval approval =
              call.ask("approval", Question.form("Half is written. Who signs it?", Approval.class));
          text.append("signed by ").append(approval.signature()).append('\n');
        } catch (DeclinedException e) {
          text.append("not signed\n");
        }
      }
      int chapter = number;
      text.append(task.step("chapter " + number, Chapter.class, () -> research(report, chapter))
              .text())
          .append('\n');
    }
    return ToolResult.text(text.toString());
  }

  /** What takes so long, and is not to be done twice. */
  private static Chapter research(Report report, int number) throws InterruptedException {
    Thread.sleep(CHAPTER_MILLIS);
    return new Chapter(
        number,
        "Chapter " + number + " of " + report.year() + ", written by process "
            + ProcessHandle.current().pid());
  }
}
