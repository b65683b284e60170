package dev.statelessmcp.binding;

import dev.statelessmcp.schema.Description;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@link Description}s of a record's components from its class file.
 *
 * <p>Cold start: reflection generates a proxy class for each annotation type and one for its own
 * annotations, which are about 85 classes. This class covers the usual record: without interfaces,
 * and with {@link Description} as its only annotation. All other records are read by reflection.
 *
 * @see <a href="https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-4.html">The class File
 *     Format</a>
 */
final class RecordFile { // cold start
  private static final String DESCRIPTION =
      "L" + Description.class.getName().replace('.', '/') + ";";

  private final ByteBuffer in;
  /** The positions of the UTF-8 constants, by their index in the constant pool. */
  private int[] texts = {};

  /** Whether there may be an annotation other than {@link Description}. */
  private boolean hasOthers;

  private RecordFile(byte[] file) {
    in = ByteBuffer.wrap(file);
  }

  /**
   * Returns the descriptions of a record's components.
   *
   * @return one per component, in order, null where it has none; null if the record has other
   *     annotations or its class file cannot be read
   */
  static @Nullable String @Nullable [] descriptions(Class<?> type) {
    String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
    try (InputStream stream = type.getResourceAsStream(file)) {
      return stream == null ? null : new RecordFile(stream.readAllBytes()).descriptions();
    } catch (IOException e) {
      return null; // reflection can still read it
    }
  }

  private @Nullable String @Nullable [] descriptions() throws IOException {
    skip(8); // magic, version
    findTexts();
    skip(6); // access, this, super
    int interfaces = count();
    hasOthers = interfaces > 0; // an annotation of theirs may count, as Jackson's do
    skip(2 * interfaces);
    skipMembers(); // fields
    skipMembers(); // methods
    @Nullable String[] found = {};
    for (int n = count(); n > 0; n--) {
      String name = text();
      int end = in.getInt() + in.position();
      if (name.equals("Record")) {
        found = new String[count()];
        for (int i = 0; i < found.length; i++) {
          skip(4); // name, type
          found[i] = readComponent();
        }
      } else if (isAnnotation(name)) {
        hasOthers |= !name.equals("RuntimeVisibleAnnotations") || description() == null;
      }
      in.position(end);
    }
    return hasOthers ? null : found;
  }

  /** Finds the UTF-8 constants of the constant pool. */
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
        default -> throw new IOException("unknown tag of a constant: " + tag);
      }
    }
  }

  private void skipMembers() {
    for (int n = count(); n > 0; n--) {
      skip(6); // access, name, type
      for (int a = count(); a > 0; a--) {
        hasOthers |= isAnnotation(text());
        skip(in.getInt());
      }
    }
  }

  private static boolean isAnnotation(String attribute) {
    return attribute.startsWith("RuntimeVisible");
  }

  /** Reads the attributes of a component. Returns its description; null if it has none. */
  private @Nullable String readComponent() {
    String description = null;
    for (int a = count(); a > 0; a--) {
      String name = text();
      int end = in.getInt() + in.position();
      if (name.equals("RuntimeVisibleAnnotations")) {
        description = description();
        hasOthers |= description == null;
      } else {
        hasOthers |= isAnnotation(name);
      }
      in.position(end);
    }
    return description;
  }

  /**
   * Reads annotations. Returns the text of the description if it is the only one, otherwise null.
   */
  private @Nullable String description() {
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

  /**
   * Reads the index of a UTF-8 constant, and returns it. "Modified UTF-8" has 1 to 3 bytes a char.
   */
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
