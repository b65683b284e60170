package dev.statelessmcp.binding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.statelessmcp.schema.Description;
import dev.statelessmcp.schema.Range;
import dev.statelessmcp.schema.Title;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassFileTest {

  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE_USE)
  @interface OfType {}

  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.PARAMETER)
  @interface OfParameter {}

  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface OfMethod {}

  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.FIELD)
  @interface OfField {}

  record Plain(int number, List<String> names) {}

  /** With constants of every size in its pool, and a text of every width. */
  record Described(
      @Description("a é € 😀 \0") String text,
      long number,
      @Description("") int last) {
    Described {
      if (number == 5_000_000_000L || text.length() + 0.5 == 1e300 || last == 70_000) {
        Runnable lambda = () -> System.out.println(text + 1.5f);
        lambda.run();
      }
    }
  }

  @Description("the record's own")
  record Whole(String text) {}

  record None() {}

  record WithRange(@Description("number") @Range(min = 1) int number) {}

  record WithTitle(@Title("Text") String text) {}

  record WithType(@Description("text") @OfType String text) {}

  record WithTypeInside(List<@OfType String> texts) {}

  record WithParameter(@OfParameter String text) {}

  record WithMethod(@OfMethod String text) {}

  record WithField(@OfField String text) {}

  @Test
  void readsDescriptionsInTheOrderOfTheComponents() {
    assertArrayEquals(
        new String[] {"a é € 😀 \0", null, ""}, ClassFile.descriptions(Described.class));
  }

  @Test
  void aRecordMayHaveNone() {
    assertArrayEquals(new String[2], ClassFile.descriptions(Plain.class));
    assertArrayEquals(new String[1], ClassFile.descriptions(Whole.class));
    assertArrayEquals(new String[0], ClassFile.descriptions(None.class));
  }

  @Test
  void saysThatThereAreOtherAnnotationsWhereverTheyAre() {
    for (Class<?> type : List.of(
        WithRange.class,
        WithTitle.class,
        WithType.class,
        WithTypeInside.class,
        WithParameter.class,
        WithMethod.class,
        WithField.class)) {
      assertNull(ClassFile.descriptions(type), type.getName());
    }
  }

  @Test
  void doesWithoutAClassFile() throws Exception {
    ClassLoader forgetful = new ClassLoader(null) {
      @Override
      protected Class<?> findClass(String name) throws ClassNotFoundException {
        try (var in = ClassFileTest.class.getResourceAsStream(
            name.substring(name.lastIndexOf('.') + 1) + ".class")) {
          byte[] file = in.readAllBytes();
          return defineClass(name, file, 0, file.length);
        } catch (java.io.IOException e) {
          throw new ClassNotFoundException(name, e);
        }
      }
    };
    Class<?> type = forgetful.loadClass(Plain.class.getName());
    assertNull(ClassFile.descriptions(type));
    assertEquals(
        JsonTypes.ofRecord(Plain.class).schema(), JsonTypes.ofRecord(type).schema());
  }
}
