package dev.statelessmcp.examples.echo;

import static dev.statelessmcp.examples.echo.Templates.keys;
import static dev.statelessmcp.examples.echo.Templates.names;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rules beyond the SAM schema: values that SAM passes to CloudFormation, and names of things
 * outside the template. Accepts what these templates use and refuses everything else.
 */
final class TemplateRules {
  private static final String FUNCTION = "AWS::Serverless::Function";
  private static final Set<String> PSEUDO = Set.of(
      "AWS::AccountId",
      "AWS::NoValue",
      "AWS::Partition",
      "AWS::Region",
      "AWS::StackName",
      "AWS::URLSuffix");
  private final JsonNode template;
  private final JsonNode resources;
  private final List<String> problems = new ArrayList<>();

  private TemplateRules(JsonNode template) {
    this.template = template;
    this.resources = template.path("Resources");
  }

  /** The violations of a template; empty if there are none. */
  static List<String> problems(JsonNode template) {
    TemplateRules rules = new TemplateRules(template);
    rules.references();
    for (String name : keys(rules.resources)) {
      JsonNode properties = rules.resources.path(name).path("Properties");
      switch (rules.type(name)) {
        case FUNCTION -> new FunctionRules(rules, name).check();
        case "AWS::IAM::Role" -> rules.role(name, properties);
        case "AWS::Logs::LogGroup" ->
          rules.require(properties.has("RetentionInDays"), name + " keeps its lines for ever");
        default -> {}
      }
    }
    for (String output : Set.of("outFn", "outMcpUrl")) {
      boolean there = template.path("Outputs").has(output);
      rules.require(there || !rules.resources.has("Fn"), "no output " + output);
    }
    return rules.problems;
  }

  /** The names that lead nowhere, and the parameters that nothing uses; empty if there are none. */
  static List<String> wrongNames(JsonNode template) {
    TemplateRules rules = new TemplateRules(template);
    rules.references();
    return rules.problems;
  }

  private void references() {
    Set<String> known = new HashSet<>(PSEUDO);
    for (String section : List.of("Parameters", "Conditions", "Resources")) {
      known.addAll(keys(template.path(section)));
    }
    Set<String> used = names(template, new TreeSet<>());
    for (String name : keys(resources)) {
      JsonNode resource = resources.path(name);
      if (resource.has("Condition")) {
        used.add(resource.path("Condition").asText());
      }
      if (resource.has("DependsOn")) {
        used.add(resource.path("DependsOn").asText());
      }
      if (resource.path("Properties").has("FunctionUrlConfig")) {
        known.add(name + "Url"); // made by SAM
      }
    }
    used.stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> problems.add("nothing is named " + name));
    keys(template.path("Parameters")).stream()
        .filter(name -> !used.contains(name))
        .forEach(name -> problems.add("parameter " + name + " is not used"));
  }

  private void role(String name, JsonNode properties) {
    for (JsonNode policy : properties.path("Policies")) {
      for (JsonNode statement : policy.at("/PolicyDocument/Statement")) {
        boolean wildcard = statement.path("Action").toString().contains("*")
            || statement.path("Resource").toString().contains("*");
        require(!wildcard, name + " has a wildcard");
      }
    }
  }

  void require(boolean condition, String problem) {
    if (!condition) {
      problems.add(problem);
    }
  }

  /** All possible values: the text itself, or the allowed values of the parameter. */
  void requireValues(JsonNode value, Set<String> allowed, String what) {
    Set<String> values = new TreeSet<>();
    if (value.has("Ref")) {
      JsonNode parameter = template.path("Parameters").path(value.path("Ref").asText());
      parameter.path("AllowedValues").forEach(v -> values.add(v.asText()));
    } else if (value.isTextual()) {
      values.add(value.asText());
    }
    require(!values.isEmpty() && allowed.containsAll(values), what + " is " + values);
  }

  String type(String resource) {
    return resources.path(resource).path("Type").asText();
  }

  JsonNode template() {
    return template;
  }
}
