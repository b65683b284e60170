package dev.statelessmcp.examples.benchmarks.coldstart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The flags of the JVM. All profiles use the serial collector: see {@link #flags}. */
enum Profile {
  /** Both compilers: the default of the JVM. */
  DEFAULT(4, "", ""),
  /** The fast compiler only, as the managed runtimes set it. */
  TIER1(1, "", ""),
  /** As TIER1, with a dynamic archive of class data. */
  CDS(1, "-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile="),
  /** As TIER1, with a cache for ahead-of-time class loading and linking. */
  AOT(1, "-XX:AOTCacheOutput=", "-XX:AOTCache=");

  private static final int FIRST_WITH_AOT_OUTPUT = 25;

  private final int compilerLevel;
  private final String makeOption;
  private final String useOption;

  Profile(int compilerLevel, String makeOption, String useOption) {
    this.compilerLevel = compilerLevel;
    this.makeOption = makeOption;
    this.useOption = useOption;
  }

  boolean isFor(Jdk jdk) {
    return this != AOT || jdk.feature() >= FIRST_WITH_AOT_OUTPUT;
  }

  boolean hasArchive() {
    return !useOption.isEmpty();
  }

  /**
   * Returns the flags of a measured run. With less than 1,792 MB a JVM chooses the serial collector
   * itself; here it would see the whole machine and choose another one.
   *
   * @param archive the class-data archive; null for a profile without one
   */
  List<String> flags(Path archive) {
    return flags(useOption, archive);
  }

  /** Returns the flags of the run that writes the archive when it exits. */
  List<String> trainingFlags(Path archive) {
    return flags(makeOption, archive);
  }

  private List<String> flags(String option, Path archive) {
    List<String> flags = new ArrayList<>();
    flags.add("-XX:+UseSerialGC");
    flags.add("-XX:TieredStopAtLevel=" + compilerLevel);
    if (hasArchive()) {
      flags.add(option + archive);
    }
    return flags;
  }

  @Override
  public String toString() {
    return Names.of(this);
  }
}
