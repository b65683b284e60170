package dev.statelessmcp.examples.dashboard;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.app.App;
import dev.statelessmcp.app.Visibility;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.schema.Range;
import dev.statelessmcp.tool.Tool;
import java.util.ArrayList;
import java.util.List;

/** Builds the server. */
public final class DashboardServer {
  private static final App CHART = App.ofClassPath(
          "ui://dashboard/sales", DashboardServer.class, "sales.html")
      .title("Sales")
      .description("The sales of a year as a chart")
      .border(true);

  record Year(
      @Description("The year") @Range(min = 2000, max = 2100)
      int year) {}

  record Month(
      @Description("The year") @Range(min = 2000, max = 2100)
      int year,

      @Description("The month, from 1") @Range(min = 1, max = 12)
      int month) {}

  /** The data of the chart, which the model also reads. */
  record Sales(int year, List<Integer> sold) {}

  record Order(String item, int amount) {}

  record Orders(int year, int month, List<Order> orders) {}

  private DashboardServer() {}

  /**
   * Creates the server.
   *
   * @return a new server
   */
  public static McpServer create() {
    return McpServer.named("dashboard", "1.0.0")
        .title("Dashboard")
        .description("Shows the sales of a shop")
        .tool(Tool.of(
                "sales",
                "Shows what was sold in each month of a year",
                Year.class,
                Sales.class,
                (in, call) -> sales(in))
            .apply(CHART.ui()))
        .tool(Tool.of(
                "orders",
                "Lists the orders of a month",
                Month.class,
                Orders.class,
                (in, call) -> orders(in))
            .apply(CHART.ui(Visibility.APP)))
        .requestLog(true)
        .build();
  }

  private static Sales sales(Year in) {
    List<Integer> sold = new ArrayList<>();
    for (int month = 1; month <= 12; month++) {
      sold.add(sold(in.year(), month));
    }
    return new Sales(in.year(), sold);
  }

  private static Orders orders(Month in) {
    int sold = sold(in.year(), in.month());
    return new Orders(
        in.year(),
        in.month(),
        List.of(new Order("lamps", sold / 3), new Order("chairs", sold - sold / 3)));
  }

  /** The data is invented, and always the same. */
  private static int sold(int year, int month) {
    return 40 + (year * 7 + month * month * 5 + month * 11) % 60;
  }
}
