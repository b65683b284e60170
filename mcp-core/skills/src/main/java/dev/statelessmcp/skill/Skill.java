package dev.statelessmcp.skill;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.catalog.Item;
import dev.statelessmcp.json.Json;
import java.util.List;

/**
 * A skill: a {@code SKILL.md} and the files beside and below it. Immutable; the methods that set
 * something return a new skill.
 *
 * <p>Title, icons, metadata and questions of items have no place in the entry of a skill, and are
 * not sent. {@link #visibleTo} and {@link #requires} hold for the files of the skill as well.
 *
 * @see <a
 *     href="https://github.com/modelcontextprotocol/ext-skills/blob/main/specification/stable/skills.mdx#skill-entries">Skill
 *     Entries</a>
 */
public final class Skill extends Item<Skill> {
  /** How many files a skill may have. */
  static final int MAX_FILES = 512;

  private final String path;
  private final String uri;
  private final ObjectNode frontMatter;
  private final List<SkillFile> files;
  private final ObjectNode entry;

  /**
   * A skill.
   *
   * @param path the path of its folder below the root of all
   * @param files its files, {@code SKILL.md} among them
   * @throws IllegalArgumentException if it breaks a rule of the format or a limit
   */
  Skill(String path, List<SkillFile> files) {
    this.path = path;
    this.files = List.copyOf(files);
    SkillFile main = main(path, files);
    uri = main.uri();
    String place = path + "/" + Skills.MAIN_FILE;
    frontMatter = Json.fixed(FrontMatter.of(main.bytes(), place));
    String folder = path.substring(path.lastIndexOf('/') + 1);
    if (!folder.equals(name())) {
      throw new IllegalArgumentException(
          place + ": name must be that of the folder, " + folder + ", was " + name());
    }
    checkLimits();
    entry = Json.fixed(define());
  }

  private static SkillFile main(String path, List<SkillFile> files) {
    for (SkillFile file : files) {
      if (file.path().equals(path + "/" + Skills.MAIN_FILE)) {
        return file;
      }
    }
    throw new IllegalStateException("there is no " + Skills.MAIN_FILE + " in " + path);
  }

  private void checkLimits() {
    if (files.size() > MAX_FILES) {
      throw new IllegalArgumentException(
          "skill " + path + " must have at most " + MAX_FILES + " files, has " + files.size());
    }
    long bytes = 0;
    for (SkillFile file : files) {
      bytes += file.bytes().length;
    }
    if (bytes > FileTree.MAX_BYTES) {
      throw new IllegalArgumentException(
          "skill " + path + " must have at most " + FileTree.MAX_BYTES + " bytes, has " + bytes);
    }
  }

  private ObjectNode define() {
    ObjectNode json = Json.object().put("uri", uri);
    json.set("frontmatter", frontMatter);
    ArrayNode resources = json.putArray("resources");
    for (SkillFile file : files) {
      resources
          .addObject()
          .put("uri", file.uri())
          .put("digest", file.digest())
          .put("size", file.bytes().length);
    }
    return json;
  }

  /**
   * The name.
   *
   * @return that of the front matter, and of the folder
   */
  public String name() {
    return frontMatter.path("name").asText();
  }

  /**
   * What the skill is for.
   *
   * @return the description of the front matter
   */
  public String description() {
    return frontMatter.path("description").asText();
  }

  /**
   * The path of the skill, which ends in its name.
   *
   * @return such as {@code acme/billing/refunds}
   */
  public String path() {
    return path;
  }

  /**
   * The front matter as JSON.
   *
   * @return an object; must not be changed
   */
  public ObjectNode frontMatter() {
    return frontMatter;
  }

  /**
   * The URI of the {@code SKILL.md}.
   *
   * @return such as {@code skill://acme/billing/refunds/SKILL.md}
   */
  @Override
  public String key() {
    return uri;
  }

  @Override
  public ObjectNode toJson() {
    return entry;
  }

  List<SkillFile> files() {
    return files;
  }

  @Override
  public String toString() {
    return "Skill " + path;
  }
}
