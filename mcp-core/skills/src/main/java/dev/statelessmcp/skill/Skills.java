package dev.statelessmcp.skill;

import dev.statelessmcp.catalog.CacheHint;
import dev.statelessmcp.extension.Extension;
import dev.statelessmcp.extension.ExtensionMethod;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.resource.ResourceResult;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/**
 * The skills of a server. Immutable; the methods that set something return a new value.
 *
 * <pre>{@code
 * McpServer server = McpServer.named("shop", "1.0.0")
 *     .extension(Skills.ofClassPath(Shop.class, "/skills").extension())
 *     .build();
 * }</pre>
 *
 * <p>All files are read once and kept in memory: they always match the listed digests, and no
 * request can name another file. A changed file is served after the next start. The skills of
 * {@link #dynamic} have no files: their instructions are generated for each read.
 *
 * @see <a
 *     href="https://github.com/modelcontextprotocol/ext-skills/blob/main/specification/stable/skills.mdx">The
 *     Skills extension</a>
 */
public final class Skills {
  /** The identifier of the extension. */
  public static final String EXTENSION = "io.modelcontextprotocol/skills";

  /** The file that makes a folder a skill. */
  static final String MAIN_FILE = "SKILL.md";

  private final List<Skill> skills;
  private final CacheHint cache;

  private Skills(List<Skill> skills, CacheHint cache) {
    this.skills = List.copyOf(skills);
    this.cache = cache;
  }

  /**
   * Reads the skills of a folder: the folder itself if it has a {@code SKILL.md}, and otherwise
   * each folder below it that has one. The path of a skill is that of its folder, so
   * {@code acme/billing/refunds/SKILL.md} becomes {@code skill://acme/billing/refunds/SKILL.md}.
   * Files whose names begin with a dot are ignored.
   *
   * @param folder the folder; not null
   * @return its skills
   * @throws IllegalArgumentException if the folder does not exist or has no skill, if a skill
   *     breaks a rule of the format or has more than 512 files or 16 MiB, or if a symbolic link
   *     leaves the folder
   * @throws UncheckedIOException if a file cannot be read
   * @see <a href="https://agentskills.io/specification">Agent Skills</a>
   */
  public static Skills ofFolder(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return of(FileTree.of(folder), name == null ? "" : name.toString(), folder.toString());
  }

  /**
   * Reads the skills of a folder of the class path, as {@link #ofFolder} does. A jar must have an
   * entry for the folder, as jars of Maven and Gradle do.
   *
   * @param beside a class of the same jar; a name without a slash at its beginning is looked for in
   *     its package; not null
   * @param folder the name of the folder, such as {@code /skills}; not null
   * @return its skills
   * @throws IllegalArgumentException as {@link #ofFolder} does
   * @throws UncheckedIOException if a file cannot be read
   */
  public static Skills ofClassPath(Class<?> beside, String folder) {
    String end = FileTree.withoutSlash(folder);
    return of(FileTree.of(beside, folder), end.substring(end.lastIndexOf('/') + 1), folder);
  }

  /**
   * Creates a skill whose instructions are generated for each read. It has no digest, so hosts
   * cannot detect changes since the user's consent, and some do not load it: prefer files.
   *
   * <pre>{@code
   * Skills.dynamic("reports/daily", """
   *     name: daily
   *     description: Assembles the report of today
   *     """, call -> "# Report\n\n" + store.today(call.caller()))
   * }</pre>
   *
   * <p>The front matter is fixed, because hosts compare it with that in the list. A {@link #cache}
   * hint applies to the entry of the skill, and not to the instructions. Further files of the skill
   * are resources of the server, such as {@code skill://reports/daily/data.csv}.
   *
   * @param path the path of the skill, which ends in its name, such as {@code reports/daily}; not
   *     null
   * @param frontMatter the YAML of the front matter, without the lines {@code ---}; not null
   * @param body writes the rest of {@code SKILL.md}; must be thread-safe; not null
   * @return a value with only this skill; {@link #and} adds others
   * @throws IllegalArgumentException if the path or the front matter breaks a rule of the format
   * @see <a
   *     href="https://github.com/modelcontextprotocol/ext-skills/blob/main/specification/stable/skills.mdx#resources">Resources
   *     of a skill</a>
   */
  public static Skills dynamic(String path, String frontMatter, SkillBody body) {
    Objects.requireNonNull(body, "body");
    return new Skills(List.of(new Skill(path, frontMatter, body)), CacheHint.NONE);
  }

  private static Skills of(SortedMap<String, byte[]> tree, String name, String place) {
    String prefix = tree.containsKey(MAIN_FILE) ? name + "/" : "";
    List<SkillFile> files = new ArrayList<>(tree.size());
    tree.forEach((path, bytes) -> files.add(new SkillFile(prefix + path, bytes)));
    List<Skill> skills = new ArrayList<>();
    for (SkillFile file : files) {
      if (file.name().equals(MAIN_FILE)) {
        String path = file.path().substring(0, file.path().length() - MAIN_FILE.length() - 1);
        skills.add(new Skill(path, below(path, files)));
      }
    }
    if (skills.isEmpty()) {
      throw new IllegalArgumentException("there is no " + MAIN_FILE + " in " + place);
    }
    return new Skills(skills, CacheHint.NONE);
  }

  private static List<SkillFile> below(String path, List<SkillFile> files) {
    List<SkillFile> below = new ArrayList<>();
    for (SkillFile file : files) {
      if (file.path().startsWith(path + "/")) {
        below.add(file);
      }
    }
    return below;
  }

  /**
   * Adds other skills.
   *
   * @param others the others, whose cache hint is dropped; not null
   * @return all of them
   * @throws IllegalArgumentException if both have a skill with the same path, or a skill of one is
   *     inside a skill of the other
   */
  public Skills and(Skills others) {
    List<Skill> all = new ArrayList<>(skills);
    for (Skill other : others.skills) {
      for (Skill one : skills) {
        if ((one.path() + "/").startsWith(other.path() + "/")
            || (other.path() + "/").startsWith(one.path() + "/")) {
          throw new IllegalArgumentException("the skill at " + other.path()
              + " must not be at or inside the one at " + one.path() + ", or around it");
        }
      }
      all.add(other);
    }
    return new Skills(all, cache);
  }

  /**
   * Changes each skill, for example its visibility.
   *
   * @param change gets a skill and returns a changed one; not null
   * @return the changed skills
   */
  public Skills each(UnaryOperator<Skill> change) {
    List<Skill> changed = new ArrayList<>(skills.size());
    for (Skill skill : skills) {
      changed.add(Objects.requireNonNull(change.apply(skill), "a skill became null"));
    }
    return new Skills(changed, cache);
  }

  /**
   * Sets how long entries and files may be cached.
   *
   * @param hint by default they must not be cached; not null
   * @return new skills
   */
  public Skills cache(CacheHint hint) {
    return new Skills(skills, Objects.requireNonNull(hint, "hint"));
  }

  /**
   * The skills.
   *
   * @return unmodifiable
   */
  public List<Skill> list() {
    return skills;
  }

  /**
   * The extension, which serves {@code skills/list}, {@code skills/get} and
   * {@code resources/directory/read}, and adds the files as resources. Clients need not declare it,
   * and it exists in all revisions.
   *
   * @return a new extension
   * @throws IllegalArgumentException if the cache hint is public and a skill is restricted
   */
  public Extension extension() {
    for (Skill skill : skills) {
      if (cache.isPublic() && skill.isRestricted()) {
        throw new IllegalArgumentException(
            "skill " + skill.path() + " is restricted, so the cache hint must be private");
      }
    }
    FileRules rules = new FileRules(skills);
    List<Directory.Served> served = new ArrayList<>();
    List<Resource> resources = new ArrayList<>();
    Set<String> uris = new HashSet<>();
    for (Skill skill : skills) {
      for (SkillFile file : skill.files()) {
        if (uris.add(file.uri())) { // files of a nested skill are also files of the outer one
          Resource resource = rules.around(resource(file), file.path());
          served.add(new Directory.Served(file.path(), resource));
          resources.add(resource);
        }
      }
      Resource generated = skill.generated();
      if (generated != null) {
        String path = skill.path() + "/" + MAIN_FILE;
        Resource resource = rules.around(generated, path);
        served.add(new Directory.Served(path, resource));
        resources.add(resource);
      }
    }
    Entries<Skill> entries = new Entries<>(skills);
    Entries<Directory> directories = new Entries<>(Directory.all(skills, served, rules));
    return Extension.builder(EXTENSION)
        .settings(Json.object().put("directoryRead", true))
        .legacy()
        .forEveryClient() // "Servers declare support": clients have no declaration
        .resources(resources)
        .method(ExtensionMethod.list("skills/list", "skills", entries).cache(cache))
        .method(ExtensionMethod.find("skills/get", "uri", "skill", entries).cache(cache))
        .method(ExtensionMethod.find("resources/directory/read", "uri", null, directories))
        .build();
  }

  private Resource resource(SkillFile file) {
    ResourceResult result = ResourceResult.of(file.contents());
    Resource resource = Resource.of(file.uri(), file.name(), call -> result);
    for (Skill skill : skills) {
      if (skill.key().equals(file.uri())) {
        resource =
            Resource.of(file.uri(), skill.name(), call -> result).description(skill.description());
      }
    }
    return resource.mimeType(file.mimeType()).size(file.bytes().length).cache(cache);
  }
}
