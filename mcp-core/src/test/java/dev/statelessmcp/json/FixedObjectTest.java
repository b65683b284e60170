package dev.statelessmcp.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class FixedObjectTest {
  private static ObjectNode example() {
    ObjectNode object = Json.object().put("text", "é\n").put("number", 1.5);
    object.putArray("array").add(true).addNull();
    return object;
  }

  @Test
  void isWrittenAsTheObjectItIsMadeOf() {
    ObjectNode fixed = Json.fixed(example());
    assertArrayEquals(Json.write(example()), Json.write(fixed));
    assertArrayEquals(Json.write(example()), Json.write(fixed)); // from the text that is kept
    ObjectNode around = Json.object();
    around.putArray("list").add(fixed).add(fixed);
    String text = Json.text(example());
    assertEquals("{\"list\":[" + text + "," + text + "]}", Json.text(around));
  }

  @Test
  void isEqualToTheObjectItIsMadeOf() {
    assertEquals(example(), Json.fixed(example()));
    assertEquals(Json.fixed(example()), example());
  }

  @Test
  void copyCanBeChanged() {
    ObjectNode fixed = Json.fixed(example());
    Json.write(fixed);
    ObjectNode copy = fixed.deepCopy();
    copy.put("text", "changed").remove("array");
    assertEquals("{\"text\":\"changed\",\"number\":1.5}", Json.text(copy));
    assertEquals(Json.text(example()), Json.text(fixed));
  }

  @Test
  void laterChangeOfTheObjectItIsMadeOfIsNotSeen() {
    ObjectNode object = example();
    ObjectNode fixed = Json.fixed(object);
    object.put("later", 1);
    assertFalse(fixed.has("later"));
  }

  @Test
  void whatCannotBeWrittenIsFoundBeforehand() {
    ObjectNode bad = Json.fixed(Json.object().put("number", Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> Json.requireWritable(bad));
    ObjectNode around = Json.object();
    around.set("bad", bad);
    assertThrows(IllegalArgumentException.class, () -> Json.requireWritable(around));
  }
}
