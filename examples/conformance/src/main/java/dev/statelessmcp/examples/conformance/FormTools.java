package dev.statelessmcp.examples.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.input.DeclinedException;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.tool.NoArguments;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolResult;
import java.util.List;

/**
 * Tools that ask one question each and return the answer. The suite calls them in the legacy era,
 * in which a question is a request to the client. The code is the same for both eras.
 */
final class FormTools {
  /** Written by hand, because the scenario is about the schema. */
  private static final String USER = """
      {
        "type": "object",
        "properties": {
          "username": {"type": "string", "description": "User's response"},
          "email": {"type": "string", "description": "User's email address"}
        },
        "required": ["username", "email"]
      }
      """;

  private static final String DEFAULTS = """
      {
        "type": "object",
        "properties": {
          "name": {"type": "string", "description": "User name", "default": "John Doe"},
          "age": {"type": "integer", "description": "User age", "default": 30},
          "score": {"type": "number", "description": "User score", "default": 95.5},
          "status": {
            "type": "string",
            "description": "User status",
            "enum": ["active", "inactive", "pending"],
            "default": "active"
          },
          "verified": {"type": "boolean", "description": "Verification status", "default": true}
        }
      }
      """;

  private static final String ENUMS = """
      {
        "type": "object",
        "properties": {
          "untitledSingle": {
            "type": "string",
            "description": "Select one option",
            "enum": ["option1", "option2", "option3"]
          },
          "titledSingle": {
            "type": "string",
            "description": "Select one option with titles",
            "oneOf": [
              {"const": "value1", "title": "First Option"},
              {"const": "value2", "title": "Second Option"},
              {"const": "value3", "title": "Third Option"}
            ]
          },
          "legacyEnum": {
            "type": "string",
            "description": "Select one option, in the legacy form",
            "enum": ["opt1", "opt2", "opt3"],
            "enumNames": ["Option One", "Option Two", "Option Three"]
          },
          "untitledMulti": {
            "type": "array",
            "description": "Select several options",
            "items": {"type": "string", "enum": ["option1", "option2", "option3"]}
          },
          "titledMulti": {
            "type": "array",
            "description": "Select several options with titles",
            "items": {
              "anyOf": [
                {"const": "value1", "title": "First Choice"},
                {"const": "value2", "title": "Second Choice"},
                {"const": "value3", "title": "Third Choice"}
              ]
            }
          }
        }
      }
      """;

  /**
   * The arguments of the tool that asks the model.
   *
   * @param prompt what to ask
   */
  record Ask(@Description("The prompt to send to the LLM") String prompt) {}

  /**
   * The arguments of the tool that asks the user.
   *
   * @param message what to ask
   */
  record Show(@Description("The message to show the user") String message) {}

  private FormTools() {}

  static List<Tool> all() {
    return List.of(
        Tool.of(
                "test_sampling",
                "Asks the client's model",
                Ask.class,
                (ask, call) -> ToolResult.text("LLM response: "
                    + call.ask("answer", Question.sampling(ask.prompt(), 100)).text()))
            .asks(QuestionKind.SAMPLING),
        Tool.of(
                "test_elicitation",
                "Asks the user for a name and an address",
                Show.class,
                (show, call) -> show("User response", Question.form(show.message(), USER), call))
            .asks(QuestionKind.FORM),
        form(
            "test_elicitation_sep1034_defaults",
            "Asks the user with a form that has default values",
            Question.form("Please review and update the form fields", DEFAULTS)),
        form(
            "test_elicitation_sep1330_enums",
            "Asks the user with a form that has every kind of choice",
            Question.form("Please select from the options", ENUMS)));
  }

  private static Tool form(String name, String description, Question<ObjectNode> form) {
    return Tool.of(
            name,
            description,
            NoArguments.class,
            (none, call) -> show("Elicitation completed", form, call))
        .asks(QuestionKind.FORM);
  }

  private static ToolResult show(String what, Question<ObjectNode> form, ToolCall call)
      throws InterruptedException {
    try {
      ObjectNode content = call.ask("form", form);
      return ToolResult.text(what + ": action=accept, content=" + Json.text(content));
    } catch (DeclinedException e) {
      return ToolResult.text(what + ": action=" + (e.isCancelled() ? "cancel" : "decline"));
    }
  }
}
