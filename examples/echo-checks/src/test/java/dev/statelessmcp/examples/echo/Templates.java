package dev.statelessmcp.examples.echo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.harrel.jsonschema.Dialects;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads the SAM templates, with the functions of CloudFormation in their JSON form. */
final class Templates {
  static final Path MODULE =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("echo");
  static final ObjectMapper JSON = new ObjectMapper();

  private Templates() {}

  /** The names of all files in sam/, without the extension. */
  static List<String> all() {
    try (Stream<Path> files = Files.list(MODULE.resolve("sam"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .map(name -> name.substring(0, name.length() - ".yaml".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The templates with a function of the server: all but the layer. */
  static List<String> functions() {
    return all().stream().filter(name -> !name.equals("layer")).toList();
  }

  /** The templates that the makefile treats the same. */
  static List<String> variants() {
    return functions().stream().filter(name -> !name.equals("template")).toList();
  }

  static JsonNode load(String name) {
    try {
      return load(MODULE.resolve("sam").resolve(name + ".yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode load(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      return load(reader);
    }
  }

  static JsonNode load(Reader reader) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    Object tree = new Yaml(new CloudFormationTags(options)).load(reader);
    return JSON.valueToTree(tree);
  }

  /** The result of the SAM schema; empty where the schema is not beside the project. */
  static Optional<Validator.Result> validate(JsonNode template) throws IOException {
    Path schema = samSchema();
    if (schema == null) {
      return Optional.empty();
    }
    Validator validator = new ValidatorFactory()
        .withDefaultDialect(new Dialects.Draft4Dialect())
        .withJsonNodeFactory(new JacksonNode.Factory())
        .createValidator();
    URI uri = validator.registerSchema(JSON.readTree(schema.toFile()));
    JsonNode known = template.deepCopy();
    known.at("/Resources/Api/Properties/Auth/Authorizers").forEach(Templates::withPlainScopes);
    return Optional.of(validator.validate(uri, known));
  }

  /** The schema accepts a scope as plain text only; SAM passes other forms to CloudFormation. */
  private static void withPlainScopes(JsonNode authorizer) {
    if (authorizer.path("AuthorizationScopes").path(0).has("Fn::If")) {
      ((ArrayNode) authorizer.path("AuthorizationScopes")).set(0, "scope");
    }
  }

  private static Path samSchema() {
    for (Path folder = MODULE; folder != null; folder = folder.getParent()) {
      Path schema = folder.resolve("shared/sam/sam.schema.json");
      if (Files.isRegularFile(schema)) {
        return schema;
      }
    }
    return null;
  }

  static String describe(Validator.Result result) {
    StringBuilder text = new StringBuilder();
    result.getErrors().stream()
        .limit(400)
        .forEach(e -> text.append(e.getInstanceLocation())
            .append(": ")
            .append(e.getError())
            .append('\n'));
    return text.toString();
  }

  static Set<String> keys(JsonNode node) {
    Set<String> keys = new TreeSet<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  static Set<String> matches(String pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  /** Adds every name that a function of CloudFormation refers to. */
  static Set<String> names(JsonNode node, Set<String> names) {
    node.properties().forEach(field -> {
      JsonNode value = field.getValue();
      switch (field.getKey()) {
        case "Ref", "Fn::GetAtt" -> names.add(value.asText().replaceFirst("\\..*", ""));
        case "Fn::If" -> names.add(value.get(0).asText());
        case "Fn::Sub" ->
          matches("\\$\\{([^}]+)}", value.asText())
              .forEach(n -> names.add(n.replaceFirst("\\..*", "")));
        default -> {}
      }
    });
    node.forEach(child -> names(child, names));
    return names;
  }

  /** Reads a tag such as {@code !Ref x} as its JSON form. */
  private static final class CloudFormationTags extends SafeConstructor {
    CloudFormationTags(LoaderOptions options) {
      super(options);
      yamlMultiConstructors.put("!", new AbstractConstruct() {
        @Override
        public Object construct(Node node) {
          String name = node.getTag().getValue().substring(1);
          return Map.of(name.equals("Ref") ? name : "Fn::" + name, value(node));
        }
      });
    }

    private Object value(Node node) {
      if (node instanceof ScalarNode scalar) {
        return constructScalar(scalar);
      }
      return node instanceof SequenceNode sequence
          ? constructSequence(sequence)
          : constructMapping((MappingNode) node);
    }
  }
}
