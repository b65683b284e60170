package dev.statelessmcp.stdio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {
  private static final int BUFFER = 64 * 1024;
  private static final int MAX_BYTES = 3 * BUFFER;

  /** Gives a part of what is asked for, as a pipe does. */
  private static final class Pieces extends ByteArrayInputStream {
    private final Random random;
    private final int most;

    Pieces(byte[] bytes, Random random, int most) {
      super(bytes);
      this.random = random;
      this.most = most;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
      return super.read(into, offset, Math.min(length, 1 + random.nextInt(most)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 1_000, 50_000, 200_000})
  void linesComeWholeHoweverTheyArrive(int piece) throws IOException {
    Random random = new Random(piece);
    int[] lengths = {
      1, 2, 150, 1_000, BUFFER - 2, BUFFER - 1, BUFFER, BUFFER + 1, 2 * BUFFER, MAX_BYTES
    };
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    List<byte[]> lines = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      byte[] line = new byte[lengths[random.nextInt(lengths.length)]];
      Arrays.fill(line, (byte) ('a' + i % 26));
      lines.add(line);
      all.write(line);
      String end =
          i == 59 ? "" : random.nextBoolean() ? "\n" : random.nextBoolean() ? "\r\n" : "\n \r\n\n";
      all.write(end.getBytes(StandardCharsets.US_ASCII));
    }
    LineReader reader = new LineReader(new Pieces(all.toByteArray(), random, piece), MAX_BYTES);
    for (byte[] line : lines) {
      byte[] buffered = random.nextBoolean() ? reader.buffered() : null;
      assertArrayEquals(line, buffered == null ? reader.next() : buffered);
      assertNull(reader.tooLong());
    }
    assertNull(reader.buffered());
    assertNull(reader.next());
    assertNull(reader.next());
  }

  /** Too long for the limit, and longer or shorter than the buffer. */
  @ParameterizedTest
  @ValueSource(ints = {101, BUFFER - 1, BUFFER, BUFFER + 1, 5 * BUFFER})
  void tooLongTextIsDetected(int length) throws IOException {
    byte[] input = new byte[length + 3];
    Arrays.fill(input, (byte) 'x');
    input[length] = '\n';
    input[length + 2] = '\n';
    LineReader reader = new LineReader(new Pieces(input, new Random(1), 10_000), 100);
    byte[] line = reader.next();
    assertEquals(true, line != null && line.length > 100);
    assertArrayEquals(new byte[] {'x'}, reader.next());
    assertNull(reader.next());
  }

  /** The largest limit there is, by which a line may be of any length. */
  @Test
  void lineOfAnyLengthIsTakenIfThereIsNoLimit() throws IOException {
    byte[] input = new byte[3 * BUFFER];
    Arrays.fill(input, (byte) 'x');
    input[2 * BUFFER] = '\n';
    LineReader reader = new LineReader(new Pieces(input, new Random(1), 10_000), Integer.MAX_VALUE);
    assertArrayEquals(Arrays.copyOf(input, 2 * BUFFER), reader.next());
    assertEquals(BUFFER - 1, reader.next().length);
    assertNull(reader.next());
  }

  @Test
  void streamOfBlankLinesHasNone() throws IOException {
    byte[] blank = new byte[3 * BUFFER];
    Arrays.fill(blank, (byte) ' ');
    assertNull(new LineReader(new Pieces(blank, new Random(1), 10_000), MAX_BYTES).next());
    Arrays.fill(blank, (byte) '\n');
    assertNull(new LineReader(new Pieces(blank, new Random(1), 10_000), MAX_BYTES).next());
  }
}
