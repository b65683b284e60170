package dev.statelessmcp.skill;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.catalog.Item;
import dev.statelessmcp.content.ResourceContents;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.resource.ResourceResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A skill: a folder with a {@code SKILL.md} and other files. Immutable; the methods that set
 * something return a new skill.
 *
 * <p>The title, icons, metadata and questions of an item are not part of a skill, and are not sent.
 * {@link #visibleTo} and {@link #requires} also apply to the files of the skill.
 *
 * @see <a
 *     href="https://github.com/modelcontextprotocol/ext-skills/blob/main/specification/stable/skills.mdx#skill-entries">Skill
 *     Entries</a>
 */
public final class Skill extends Item<Skill> {
  /** The maximum number of files of a skill. */
  static final int MAX_FILES = 512;

  private final String path;
  private final String uri;
  private final ObjectNode frontMatter;
  private final List<SkillFile> files;
  private final ObjectNode entry;
  private final @Nullable Resource generated; // its SKILL.md, if it is generated for each read

  /**
   * Creates a skill.
   *
   * @param path the path of its folder below the common root
   * @param files its files, {@code SKILL.md} among them
   * @throws IllegalArgumentException if it breaks a rule of the format or a limit
   */
  Skill(String path, List<SkillFile> files) {
    this.path = path;
    this.files = List.copyOf(files);
    SkillFile main = main(path, files);
    uri = main.uri();
    frontMatter = frontMatter(path, main.bytes());
    checkLimits();
    entry = Json.fixed(define(false));
    generated = null;
  }

  /**
   * Creates a skill whose instructions are generated for each read.
   *
   * @param path its path
   * @param yaml the front matter, without the lines around it
   * @param body writes the rest
   * @throws IllegalArgumentException if the path or the front matter breaks a rule of the format
   */
  Skill(String path, String yaml, SkillBody body) {
    for (String segment : path.split("/", -1)) {
      if (segment.isBlank() || segment.startsWith(".")) {
        throw new IllegalArgumentException(
            "the path of a skill must be like acme/billing/refunds, was \"" + path + "\"");
      }
    }
    this.path = path;
    files = List.of();
    String head = "---\n" + yaml.strip() + "\n---\n\n";
    uri = "skill://" + UriPath.encode(path + "/" + Skills.MAIN_FILE);
    frontMatter = frontMatter(path, head.getBytes(StandardCharsets.UTF_8));
    entry = Json.fixed(define(true));
    generated = Resource.of(uri, name(), call -> {
          String text = Objects.requireNonNull(body.write(call), "the body of skill " + path);
          return ResourceResult.of(ResourceContents.text(uri, SkillFile.MARKDOWN, head + text));
        })
        .description(description())
        .mimeType(SkillFile.MARKDOWN);
  }

  private static ObjectNode frontMatter(String path, byte[] main) {
    String place = path + "/" + Skills.MAIN_FILE;
    ObjectNode front = FrontMatter.of(main, place);
    String folder = path.substring(path.lastIndexOf('/') + 1);
    String name = front.path("name").asText();
    if (!folder.equals(name)) {
      throw new IllegalArgumentException(
          place + ": name must be that of the folder, " + folder + ", was " + name);
    }
    return Json.fixed(front);
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

  private ObjectNode define(boolean isDynamic) {
    ObjectNode json = Json.object().put("uri", uri);
    json.set("frontmatter", frontMatter);
    if (isDynamic) {
      return json.put("resources", "dynamic");
    }
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
   * The description.
   *
   * @return that of the front matter
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

  /** Its {@code SKILL.md} if that is generated for each read; null if it is a file. */
  @Nullable
  Resource generated() {
    return generated;
  }

  List<SkillFile> files() {
    return files;
  }

  @Override
  public String toString() {
    return "Skill " + path;
  }
}
