package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The member of an object that names the record of a sealed interface.
 *
 * @param member the name of the member
 * @param value the name of the record
 */
record Tag(String member, String value) {

  void addTo(ObjectNode properties, ArrayNode required) {
    properties.putObject(member).put("type", "string").put("const", value);
    required.add(member);
  }

  /**
   * Checks the member.
   *
   * @return 1 if it exists, otherwise 0
   */
  int check(JsonNode node, String place, Problems problems) {
    JsonNode given = node.get(member);
    if (given == null) {
      problems.add(place + "." + member, "is required; must be " + value);
      return 0;
    }
    if (!value.equals(given.textValue())) {
      problems.add(place + "." + member, "must be " + value);
    }
    return 1;
  }

  /**
   * Requires that no component has the name of the member.
   *
   * @throws IllegalArgumentException if one has
   */
  void requireOther(List<Component> components) {
    for (Component component : components) {
      if (component.isNamed(member)) {
        throw new IllegalArgumentException(component.label()
            + " must have another name than \""
            + member
            + "\", which names the record of a sealed interface");
      }
    }
  }
}
