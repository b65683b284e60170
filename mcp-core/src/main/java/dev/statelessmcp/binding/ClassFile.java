package dev.statelessmcp.binding;

import dev.statelessmcp.schema.Description;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a class file: the {@link Description}s of a record's components, and for other readers its
 * parts.
 *
 * <p>Cold start: reflection generates a proxy class for each annotation type and one for its own
 * annotations, which are about 85 classes. This class covers the usual record: without interfaces,
 * and with {@link Description} as its only annotation. All other records are read by reflection.
 *
 * @see <a href="https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-4.html">The class File
 *     Format</a>
 */
public final class ClassFile { // cold start
  private static final String DESCRIPTION =
      "L" + Description.class.getName().replace('.', '/') + ";";

  private final ByteBuffer in;
  /** The positions of the UTF-8 and integer constants, by their index in the constant pool. */
  private int[] texts = {};

  /** Whether there may be an annotation other than {@link Description}. */
  private boolean hasOthers;

  /**
   * Creates a reader at the start of a file.
   *
   * @param file the bytes of the class file; not null
   */
  public ClassFile(byte[] file) {
    in = ByteBuffer.wrap(file);
  }

  /**
   * Returns the descriptions of a record's components.
   *
   * @return one per component, in order, null where it has none; null if the record has other
   *     annotations or its class file cannot be read
   */
  static @Nullable String @Nullable [] descriptions(Class<?> type) {
    try {
      byte[] file = bytes(type);
      return file == null ? null : new ClassFile(file).descriptions();
    } catch (IOException e) {
      return null; // reflection can still read it
    }
  }

  /**
   * Returns the class file of a class.
   *
   * @param type the class; not null
   * @return its bytes; null if its class loader does not have them
   * @throws IOException if they cannot be read
   */
  public static byte @Nullable [] bytes(Class<?> type) throws IOException {
    String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
    try (InputStream stream = type.getResourceAsStream(file)) {
      return stream == null ? null : stream.readAllBytes();
    }
  }

  private @Nullable String @Nullable [] descriptions() throws IOException {
    hasOthers = toFields() > 0; // annotations of interfaces may matter, as Jackson's do
    skipMembers(); // fields
    skipMembers(); // methods
    @Nullable String[] found = {};
    for (int n = count(); n > 0; n--) {
      String name = text();
      int end = end();
      if (name.equals("Record")) {
        found = new String[count()];
        for (int i = 0; i < found.length; i++) {
          skip(4); // name, type
          found[i] = readComponent();
        }
      } else if (isAnnotation(name)) {
        hasOthers |= !name.equals("RuntimeVisibleAnnotations") || description() == null;
      }
      move(end);
    }
    return hasOthers ? null : found;
  }

  /**
   * Reads the file up to its fields.
   *
   * @return the number of interfaces
   * @throws IOException if it is not a class file of a known form
   */
  public int toFields() throws IOException {
    skip(8); // magic, version
    findTexts();
    skip(6); // access, this, super
    int interfaces = count();
    skip(2 * interfaces);
    return interfaces;
  }

  /** Finds the UTF-8 and integer constants of the constant pool. */
  private void findTexts() throws IOException {
    texts = new int[count()];
    for (int i = 1; i < texts.length; i++) {
      int tag = in.get();
      switch (tag) {
        case 1 -> {
          texts[i] = in.position();
          skip(count());
        }
        case 3 -> {
          texts[i] = in.position();
          skip(4);
        }
        case 4, 9, 10, 11, 12, 17, 18 -> skip(4);
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

  /** Skips the fields or methods, and detects their annotations. */
  public void skipMembers() {
    for (int n = count(); n > 0; n--) {
      skip(6); // access, name, type
      for (int a = count(); a > 0; a--) {
        String name = text();
        int end = end();
        if (name.equals("RuntimeVisibleParameterAnnotations")) {
          // The constructor has the annotations of the components too
          for (int p = in.get(); p > 0 && !hasOthers; p--) {
            if (in.getShort(in.position()) == 0) {
              skip(2);
            } else {
              hasOthers = description() == null;
            }
          }
        } else {
          hasOthers |= isAnnotation(name);
        }
        move(end);
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
      int end = end();
      if (name.equals("RuntimeVisibleAnnotations")) {
        description = description();
        hasOthers |= description == null;
      } else {
        hasOthers |= isAnnotation(name);
      }
      move(end);
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

  /**
   * Reads a number of two bytes, such as that of the members that follow.
   *
   * @return 0 to 65,535
   */
  public int count() {
    return in.getShort() & 0xFFFF;
  }

  /**
   * Reads one byte.
   *
   * @return 0 to 255
   */
  public int next() {
    return in.get() & 0xFF;
  }

  /**
   * Skips bytes.
   *
   * @param bytes their number
   */
  public void skip(int bytes) {
    in.position(in.position() + bytes);
  }

  /**
   * Reads the length of an attribute.
   *
   * @return the position after it
   */
  public int end() {
    return in.getInt() + in.position();
  }

  /**
   * Goes to a position.
   *
   * @param position what {@link #end} returned
   */
  public void move(int position) {
    in.position(position);
  }

  /**
   * Reads the index of an integer constant, and returns it.
   *
   * @return the number
   */
  public int number() {
    return in.getInt(texts[count()]);
  }

  /**
   * Reads the index of a UTF-8 constant, and returns it. "Modified UTF-8" has 1 to 3 bytes a char.
   *
   * @return the text; empty for the index 0, which stands for no name
   */
  public String text() {
    int at = texts[count()];
    if (at == 0) {
      return "";
    }
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
