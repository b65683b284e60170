package dev.statelessmcp.binding;

import dev.statelessmcp.schema.Description;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * The class file of a record, as far as it says what its components are for. Reflection has the JDK
 * make a proxy class for an annotation and one for an annotation of that, which is a tenth of a
 * cold start on Lambda; the text itself is a few bytes away.
 *
 * <p>It knows the most usual kind of record, which has {@link Description} and no other annotation.
 * Whatever else there is, is reflection's.
 *
 * @see <a href="https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-4.html">The class File
 *     Format</a>
 */
final class RecordFile {
  private static final String DESCRIPTION =
      "L" + Description.class.getName().replace('.', '/') + ";";

  private final ByteBuffer in;
  private int[] texts;

  /** Whether there is an annotation that is no description of a component. */
  private boolean others;

  private RecordFile(byte[] file) {
    in = ByteBuffer.wrap(file);
  }

  /**
   * The descriptions of a record's components.
   *
   * @return in their order, null for a component without one; null if there are other annotations
   *     too, or there is no class file to be had
   */
  static String[] descriptions(Class<?> type) {
    String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
    try (InputStream stream = type.getResourceAsStream(file)) {
      return stream == null ? null : new RecordFile(stream.readAllBytes()).descriptions();
    } catch (IOException e) {
      return null; // a class that came from somewhere else
    }
  }

  private String[] descriptions() throws IOException {
    skip(8); // magic, version
    findTexts();
    skip(6); // access, this, super
    skip(2 * count()); // interfaces
    skipMembers(); // fields
    skipMembers(); // methods
    String[] found = {};
    for (int n = count(); n > 0; n--) {
      String name = text();
      int length = in.getInt();
      if (name.equals("Record")) {
        found = new String[count()];
        for (int i = 0; i < found.length; i++) {
          skip(4); // name, type
          found[i] = readComponent();
        }
      } else {
        skip(length); // annotations of the record itself are no business of its components
      }
    }
    return others ? null : found;
  }

  /** Where the texts of the constant pool are; the rest of it is not wanted. */
  private void findTexts() throws IOException {
    texts = new int[count()];
    for (int i = 1; i < texts.length; i++) {
      int tag = in.get();
      switch (tag) {
        case 1 -> {
          texts[i] = in.position();
          skip(count());
        }
        case 3, 4, 9, 10, 11, 12, 17, 18 -> skip(4);
        case 5, 6 -> {
          skip(8);
          i++; // "all 8-byte constants take up two entries"
        }
        case 7, 8, 16, 19, 20 -> skip(2);
        case 15 -> skip(3);
        default -> throw new IOException("a constant of the unknown kind " + tag);
      }
    }
  }

  private void skipMembers() {
    for (int n = count(); n > 0; n--) {
      skip(6); // access, name, type
      for (int a = count(); a > 0; a--) {
        others |= isAnnotation(text());
        skip(in.getInt());
      }
    }
  }

  private static boolean isAnnotation(String attribute) {
    return attribute.startsWith("RuntimeVisible");
  }

  /** The description of the next component; null if it has none. */
  private String readComponent() {
    String description = null;
    for (int a = count(); a > 0; a--) {
      String name = text();
      int end = in.getInt() + in.position();
      if (name.equals("RuntimeVisibleAnnotations")) {
        description = description();
        others |= description == null;
      } else {
        others |= isAnnotation(name);
      }
      in.position(end);
    }
    return description;
  }

  /** The text of an only annotation, if that is a description: type, then name, kind and value. */
  private String description() {
    if (count() != 1 || !text().equals(DESCRIPTION)) {
      return null;
    }
    skip(5); // one member, its name, the kind
    return text();
  }

  private int count() {
    return in.getShort() & 0xFFFF;
  }

  private void skip(int bytes) {
    in.position(in.position() + bytes);
  }

  /** The text that is named next, in the "modified UTF-8" that knows no more than three bytes. */
  private String text() {
    int at = texts[count()];
    int end = at + 2 + (in.getShort(at) & 0xFFFF);
    StringBuilder text = new StringBuilder(end - at);
    for (int i = at + 2; i < end; i++) {
      int c = in.get(i);
      if (c >= 0) {
        text.append((char) c);
      } else if ((c & 0xE0) == 0xC0) {
        text.append((char) ((c & 0x1F) << 6 | (in.get(++i) & 0x3F)));
      } else {
        text.append((char) ((c & 0x0F) << 12 | (in.get(++i) & 0x3F) << 6 | (in.get(++i) & 0x3F)));
      }
    }
    return text.toString();
  }
}
