package dev.statelessmcp.examples.benchmarks.coldstart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the JVM is started. The collector is the serial one in all of them: see {@link #flags}. */
enum Profile {
  /** Both compilers, as the JVM starts by itself. */
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
   * The flags of a run that is measured. A JVM in an environment with less than 1,792 MB chooses
   * the serial collector by itself; here it would see the whole machine.
   *
   * @param archive null for a profile without one
   */
  List<String> flags(Path archive) {
    return flags(useOption, archive);
  }

  /** The flags of the run that writes the archive when it exits. */
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
