package dev.statelessmcp.lambda;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InitPhaseTest {
  private static final Map<String, String> SNAP_START =
      Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");

  private static final Snapshots NOTHING_TO_DO = new Snapshots(() -> {}, () -> {});

  @Test
  void onlySnapStartNeedsAHook() {
    assertTrue(InitPhase.hasSnapshot(SNAP_START));
    assertNotNull(InitPhase.snapshotHook(NOTHING_TO_DO));
    assertFalse(InitPhase.hasSnapshot(Map.of()));
  }

  /** As a function is packaged that does not bring it along. */
  @Test
  void withoutTheLibraryThereIsNoHookAndNoFailure() throws Exception {
    List<URL> classPath = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains("org-crac")) {
        classPath.add(new File(entry).toURI().toURL());
      }
    }
    try (URLClassLoader loader =
        new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      assertThrows(ClassNotFoundException.class, () -> loader.loadClass("org.crac.Resource"));
      String hooked = SnapshotHook.class.getName();
      assertThrows(NoClassDefFoundError.class, () -> loader.loadClass(hooked));
      Class<?> snapshots = loader.loadClass(Snapshots.class.getName());
      Method hook =
          loader.loadClass(InitPhase.class.getName()).getDeclaredMethod("snapshotHook", snapshots);
      hook.setAccessible(true);
      assertNull(hook.invoke(null, (Object) null));
    }
  }
}
