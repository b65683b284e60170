package dev.statelessmcp.examples.benchmarks.coldstart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The options of the command line.
 *
 * @param jdks not empty
 * @param check whether to exit with 1 if a goal is missed
 * @param out the file for the measurements; null for none
 */
record Options(
    int rounds,
    List<Jdk> jdks,
    List<Profile> profiles,
    List<Share> shares,
    List<Variant> variants,
    boolean check,
    boolean help,
    Path out) {
  private static final int DEFAULT_ROUNDS = 11;
  private static final int MAX_ROUNDS = 1_000;

  static final String HELP = """
      Usage: java -jar benchmarks.jar [OPTION]...   (in the folder examples/benchmarks)

        --rounds N       cold starts of each function in each setting; default 11
        --java HOME      run the functions on this Java; may be repeated; default: the running one
        --profile NAME   default, tier1, cds or aot (Java 25 and newer); may be repeated;
                         default: all
        --share NAME     full, or 128mb: the CPU share of such a function after its init phase; may
                         be repeated; default: both
        --variant NAME   floor, tree, echo, archived, echo-oauth or official; may be repeated;
                         default: all
        --out FILE       write the measurements into a file, for the report and the charts
        --check          exit with 1 if a goal is missed
        --help           print this
      """;

  static Options parse(String... words) throws UsageException {
    int rounds = DEFAULT_ROUNDS;
    List<Jdk> jdks = new ArrayList<>();
    List<Profile> profiles = new ArrayList<>();
    List<Share> shares = new ArrayList<>();
    List<Variant> variants = new ArrayList<>();
    boolean check = false;
    boolean help = false;
    Path out = null;
    for (int i = 0; i < words.length; i++) {
      String option = words[i];
      switch (option) {
        case "--check" -> check = true;
        case "--help" -> help = true;
        case "--rounds" -> rounds = rounds(value(words, ++i));
        case "--out" -> out = Path.of(value(words, ++i));
        case "--java" -> jdks.add(Jdk.of(Path.of(value(words, ++i))));
        case "--profile" -> profiles.add(Names.parse(Profile.class, option, value(words, ++i)));
        case "--share" -> shares.add(Names.parse(Share.class, option, value(words, ++i)));
        case "--variant" -> variants.add(Names.parse(Variant.class, option, value(words, ++i)));
        default -> throw new UsageException("unknown option \"" + option + "\"");
      }
    }
    if (jdks.isEmpty()) {
      jdks.add(Jdk.of(Path.of(System.getProperty("java.home"))));
    }
    return new Options(
        rounds,
        jdks.stream().distinct().toList(),
        orAll(profiles, Profile.values()),
        orAll(shares, Share.values()),
        orAll(variants, Variant.values()),
        check,
        help,
        out);
  }

  /** All combinations; without limited shares if those are not possible. */
  List<Setting> settings(boolean withLimitedShares) {
    List<Setting> settings = new ArrayList<>();
    for (Jdk jdk : jdks) {
      for (Profile profile : profiles) {
        for (Share share : shares) {
          if (profile.isFor(jdk) && (withLimitedShares || !share.isLimited())) {
            settings.add(new Setting(jdk, profile, share));
          }
        }
      }
    }
    return settings;
  }

  private static <E extends Enum<E>> List<E> orAll(List<E> chosen, E[] all) {
    return chosen.isEmpty() ? List.of(all) : chosen.stream().distinct().sorted().toList();
  }

  private static String value(String[] words, int index) throws UsageException {
    if (index == words.length || words[index].startsWith("--")) {
      throw new UsageException(words[index - 1] + " needs a value");
    }
    return words[index];
  }

  private static int rounds(String text) throws UsageException {
    try {
      int rounds = Integer.parseInt(text);
      if (rounds >= 1 && rounds <= MAX_ROUNDS) {
        return rounds;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw new UsageException(
        "--rounds must be a number from 1 to " + MAX_ROUNDS + ", was \"" + text + "\"");
  }
}
