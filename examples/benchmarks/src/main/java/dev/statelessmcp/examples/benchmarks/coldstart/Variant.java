package dev.statelessmcp.examples.benchmarks.coldstart;

import java.nio.file.Path;

/** The functions that are compared. */
enum Variant {
  /** No JSON. */
  FLOOR("bare/target/floor.zip", "dev.statelessmcp.examples.benchmarks.bare.FloorLambda"),
  /** Only JSON trees. */
  TREE("bare/target/tree.zip", "dev.statelessmcp.examples.benchmarks.bare.TreeLambda"),
  /** The echo example of this project, as it is deployed. */
  ECHO("../echo/target/echo-lambda.zip", "dev.statelessmcp.examples.echo.EchoLambda"),
  /** The same with a class-data archive, started by the script in the package. */
  ARCHIVED("../echo/target/echo-lambda.zip", "dev.statelessmcp.examples.echo.EchoLambda"),
  /** The same, configured to check access tokens. */
  ECHO_OAUTH("../echo/target/echo-lambda.zip", "dev.statelessmcp.examples.echo.EchoLambda"),
  /** The echo server on the official Java SDK. */
  OFFICIAL(
      "official/target/official.zip",
      "dev.statelessmcp.examples.benchmarks.official.OfficialLambda");

  private final Path zip;
  private final String handler;

  Variant(String zip, String handler) {
    this.zip = Path.of(zip);
    this.handler = handler;
  }

  /** The deployment package, relative to this module's folder. */
  Path zip() {
    return zip;
  }

  String handler() {
    return handler;
  }

  /** Whether it is measured in a setting: the script chooses the flags of the JVM itself. */
  boolean isFor(Setting setting) {
    return !isArchived() || setting.profile() == Profile.TIER1;
  }

  boolean isArchived() {
    return this == ARCHIVED;
  }

  @Override
  public String toString() {
    return Names.of(this);
  }
}
