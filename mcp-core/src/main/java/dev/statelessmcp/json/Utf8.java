package dev.statelessmcp.json;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.io.ContentReference;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;
import com.fasterxml.jackson.core.util.BufferRecycler;

/**
 * Jackson's parser of JSON in UTF-8, and what it does not check.
 *
 * <p>It is made without a {@code JsonFactory}: to verify that class, the JVM loads every parser and
 * generator that Jackson has, 40 classes that nothing here needs.
 */
final class Utf8 {

  private static final int PARSER_FEATURES = JsonParser.Feature.collectDefaults();

  // Interning pays where names are compared by identity, which is not here
  private static final int NAME_FEATURES =
      JsonFactory.Feature.collectDefaults() & ~JsonFactory.Feature.INTERN_FIELD_NAMES.getMask();

  // Our own limits are the ones that count
  private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
      .maxNestingDepth(1100)
      .maxStringLength(Integer.MAX_VALUE)
      .maxNameLength(Integer.MAX_VALUE)
      .build();

  private Utf8() {}

  /**
   * Reads a text, with or without a byte order mark. Its buffers and its table of names are its
   * own: Jackson's pool of buffers lives in thread-locals, which a virtual thread has no use for,
   * and a table that all texts share is memory that anybody can fill with long names.
   */
  static JsonParser parser(byte[] text) {
    int start = startsWithMark(text) ? 3 : 0;
    IOContext context = new IOContext(
        CONSTRAINTS,
        StreamWriteConstraints.defaults(),
        ErrorReportConfiguration.defaults(),
        new BufferRecycler(),
        ContentReference.unknown(),
        true);
    return new UTF8StreamJsonParser(
        context,
        PARSER_FEATURES,
        null,
        null,
        ByteQuadsCanonicalizer.createRoot().makeChild(NAME_FEATURES),
        text,
        start,
        text.length,
        start,
        false);
  }

  private static boolean startsWithMark(byte[] text) {
    return text.length >= 3
        && text[0] == (byte) 0xEF
        && text[1] == (byte) 0xBB
        && text[2] == (byte) 0xBF;
  }

  /**
   * Whether bytes are UTF-8, by the table of RFC 3629. Jackson takes overlong forms and surrogates
   * too, and what passed a gateway as one text must not be read here as another.
   */
  static boolean isValid(byte[] text) {
    int i = 0;
    while (i < text.length) {
      if (text[i] >= 0) {
        i++;
        continue;
      }
      int length = lengthAt(text, i);
      if (length == 0) {
        return false;
      }
      i += length;
    }
    return true;
  }

  /** How many bytes the character has that begins here; 0 if none does. */
  private static int lengthAt(byte[] text, int at) {
    int first = text[at] & 0xFF;
    int second = at + 1 < text.length ? text[at + 1] & 0xFF : 0;
    if (first >= 0xC2 && first <= 0xDF) {
      return continues(text, at + 1, 1) ? 2 : 0;
    }
    if (first >= 0xE0 && first <= 0xEF) {
      boolean overlong = first == 0xE0 && second < 0xA0;
      boolean surrogate = first == 0xED && second > 0x9F;
      return !overlong && !surrogate && continues(text, at + 1, 2) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
      boolean overlong = first == 0xF0 && second < 0x90;
      boolean beyond = first == 0xF4 && second > 0x8F;
      return !overlong && !beyond && continues(text, at + 1, 3) ? 4 : 0;
    }
    return 0;
  }

  private static boolean continues(byte[] text, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (i >= text.length || (text[i] & 0xC0) != 0x80) {
        return false;
      }
    }
    return true;
  }
}
