package dev.statelessmcp.protocol;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {
  /** Those of JSON-RPC, those of 2026-07-28, and the one of earlier revisions. */
  private static final Set<Integer> DEFINED =
      Set.of(-32700, -32600, -32601, -32602, -32603, -32020, -32021, -32022, -32002);

  /**
   * "New codes MUST NOT be allocated" in -32000 to -32019, "Implementations MUST NOT emit any code"
   * in -32020 to -32099 that is not defined, and new ones "SHOULD be allocated outside the JSON-RPC
   * reserved range (-32768 to -32000)".
   */
  @Test
  void codesOfThisLibraryAreOutsideTheReservedRange() throws Exception {
    int codes = 0;
    for (Field field : ErrorCode.class.getFields()) {
      int code = field.getInt(null);
      boolean reserved = code >= -32768 && code <= -32000;
      assertTrue(!reserved || DEFINED.contains(code), field.getName() + " is " + code);
      codes++;
    }
    assertTrue(codes >= DEFINED.size(), "found " + codes);
  }
}
