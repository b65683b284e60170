package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.ProtocolVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The official JSON Schema of a revision, if its file is available: in the directory of the system
 * property {@value #SETTING}, as {@code <revision>/schema.json}, or on the class path, as
 * {@code mcp-schema/<revision>/schema.json}.
 *
 * @see <a
 *     href="https://github.com/modelcontextprotocol/modelcontextprotocol/tree/main/schema">schema</a>
 */
final class OfficialSchema {
  static final String SETTING = "mcp.schemas";

  private static final Map<ProtocolVersion, Optional<OfficialSchema>> FOUND =
      new ConcurrentHashMap<>();

  private final JsonNode schema;
  private final String definitions;
  private final URI root;
  private final Validator validator;
  private final Map<String, URI> probes = new HashMap<>(); // guarded by this

  private OfficialSchema(ProtocolVersion version, JsonNode schema) {
    this.schema = schema;
    definitions = schema.has("$defs") ? "$defs" : "definitions";
    validator = new ValidatorFactory()
        .withJsonNodeFactory(new JacksonNode.Factory())
        .withDisabledSchemaValidation(true)
        .createValidator();
    root = URI.create("urn:mcp:" + version);
    validator.registerSchema(root, schema);
  }

  static Optional<OfficialSchema> of(ProtocolVersion version) {
    return FOUND.computeIfAbsent(version, OfficialSchema::find);
  }

  private static Optional<OfficialSchema> find(ProtocolVersion version) {
    String file = version + "/schema.json";
    String directory = System.getProperty(SETTING);
    try (InputStream onClassPath =
        OfficialSchema.class.getResourceAsStream("/mcp-schema/" + file)) {
      if (directory != null && Files.isRegularFile(Path.of(directory, file))) {
        return Optional.of(
            new OfficialSchema(version, Json.parse(Files.readString(Path.of(directory, file)))));
      }
      if (onClassPath == null) {
        return Optional.empty();
      }
      String text = new String(onClassPath.readAllBytes(), StandardCharsets.UTF_8);
      return Optional.of(new OfficialSchema(version, Json.parse(text)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The types by their names. */
  JsonNode definitions() {
    return schema.path(definitions);
  }

  boolean defines(@Nullable String type) {
    return type != null && definitions().has(type);
  }

  /** Validates JSON against the schema of a type, if it is defined. */
  synchronized void check(
      @Nullable String type, JsonNode node, String place, List<String> problems) {
    if (!defines(type)) {
      return;
    }
    URI probe = probes.computeIfAbsent(type, this::probe);
    for (dev.harrel.jsonschema.Error error : validator.validate(probe, node).getErrors()) {
      problems.add(place
          + error.getInstanceLocation()
          + ": "
          + error.getError()
          + " (official schema, "
          + type
          + ")");
    }
  }

  private URI probe(String type) {
    ObjectNode reference = Json.object().put("$ref", root + "#/" + definitions + "/" + type);
    return validator.registerSchema(URI.create(root + ":" + type), reference);
  }
}
