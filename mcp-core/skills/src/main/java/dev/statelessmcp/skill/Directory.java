package dev.statelessmcp.skill;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.catalog.Item;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A folder of a skill, with its direct children. */
final class Directory extends Item<Directory> {
  private static final String MIME_TYPE = "inode/directory";

  private final String uri;
  private final Map<String, ObjectNode> children = new TreeMap<>();

  private Directory(String uri) {
    this.uri = uri;
  }

  /** The path of a file, and its resource. */
  record Served(String path, Resource resource) {}

  /**
   * Creates the folders of skills.
   *
   * @param skills the skills
   * @param files all their files, each once
   * @param rules applies the rules of the skills to a folder
   */
  static List<Directory> all(List<Skill> skills, List<Served> files, FileRules rules) {
    Map<String, Directory> byPath = new TreeMap<>();
    for (Served served : files) {
      for (Skill skill : skills) {
        if (served.path.startsWith(skill.path() + "/")) {
          add(served, skill, byPath);
        }
      }
    }
    List<Directory> all = new ArrayList<>(byPath.size());
    byPath.forEach((path, directory) -> all.add(rules.around(directory, path)));
    return all;
  }

  /** Adds a file to its folder, and each folder to its parent, up to that of the skill. */
  private static void add(Served served, Skill skill, Map<String, Directory> byPath) {
    ObjectNode child = served.resource.toJson();
    String path = served.path;
    while (path.length() > skill.path().length()) {
      String parent = path.substring(0, path.lastIndexOf('/'));
      Directory directory =
          byPath.computeIfAbsent(parent, p -> new Directory("skill://" + UriPath.encode(p)));
      directory.children.putIfAbsent(path, child);
      child = directory.asResource(parent);
      path = parent;
    }
  }

  private ObjectNode asResource(String path) {
    return Json.object()
        .put("uri", uri)
        .put("name", path.substring(path.lastIndexOf('/') + 1))
        .put("mimeType", MIME_TYPE);
  }

  @Override
  public String key() {
    return uri;
  }

  /** The result of {@code resources/directory/read}. */
  @Override
  public ObjectNode toJson() {
    ObjectNode json = Json.object();
    ArrayNode array = json.putArray("resources");
    for (ObjectNode child : children.values()) {
      array.add(child);
    }
    return json;
  }
}
