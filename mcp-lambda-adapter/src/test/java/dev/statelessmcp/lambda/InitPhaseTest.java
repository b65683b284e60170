package dev.statelessmcp.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.catalog.Catalog;
import dev.statelessmcp.catalog.Page;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
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

  private static McpServer.Builder server() {
    return McpServer.named("test", "1")
        .tool(Tool.of("echo", "", Say.class, (say, call) -> ToolResult.text(say.message())));
  }

  private record Say(String message) {}

  @Test
  void interruptOfACatalogDoesNotStopTheStart() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Catalog<Tool> catalog = new Catalog<>() {
      @Override
      public Optional<Page<Tool>> list(Caller caller, String after, int limit) {
        threads.add(Thread.currentThread());
        Thread.currentThread().interrupt();
        return Optional.of(new Page<>(List.of(), false));
      }

      @Override
      public Optional<Tool> find(String key, Caller caller) {
        return Optional.empty();
      }
    };
    McpServer server = McpServer.named("test", "1").tools(catalog).build();
    assertNotNull(InitPhase.start(server, LambdaSettings.defaults(), Map.of()));
    assertEquals(Set.of(Thread.currentThread()), threads);
    assertFalse(Thread.interrupted());
  }

  /** Keys are fetched while there is full CPU, and may have changed since a snapshot was taken. */
  @Test
  void theAuthenticatorPreparesInInitAndAfterASnapshot() {
    AtomicInteger prepared = new AtomicInteger();
    Authenticator counting = new Authenticator() {
      @Override
      public Decision authenticate(HttpRequest request) {
        return Authenticator.unauthorized("Bearer");
      }

      @Override
      public void prepare() {
        prepared.incrementAndGet();
      }
    };
    LambdaSettings settings = LambdaSettings.defaults().authenticator(counting);
    McpFunction function = InitPhase.start(server().build(), settings, SNAP_START);
    assertEquals(1, prepared.get());
    function.afterRestore();
    assertEquals(2, prepared.get());
  }

  @Test
  void noInterceptorOrObserverSeesTheWarmUp() {
    List<String> seen = new ArrayList<>();
    McpServer server = server()
        .interceptor((operation, next) -> {
          seen.add("interceptor: " + operation.method());
          return next.call();
        })
        .observer(operation -> {
          seen.add("observer: " + operation.method());
          return null;
        })
        .build();
    McpFunction function = InitPhase.start(server, LambdaSettings.defaults(), Map.of());
    assertEquals(List.of(), seen);
    function.serve(
        Messages.event(EventShape.HTTP_API_2, Messages.call(1, "echo", "{'message':'hi'}")),
        -1,
        Attributes.NONE,
        new TestContext("r"),
        null);
    assertEquals(List.of("observer: tools/call", "interceptor: tools/call"), seen);
  }

  @Test
  void aSnapshotHoldsNoThread() throws InterruptedException {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    assertNotNull(InitPhase.start(server().build(), LambdaSettings.defaults(), SNAP_START));
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread) && thread.getName().equals("mcp-call")) {
        thread.join(60_000);
        assertFalse(thread.isAlive());
      }
    }
  }

  /** The runtime passes the trace of an invocation through a variable of the SDK. */
  @Test
  void concurrentCallsInheritThreadLocalsOfTheirInvocation() {
    InheritableThreadLocal<String> trace = new InheritableThreadLocal<>();
    List<String> seen = new ArrayList<>();
    Tool tool = Tool.of("echo", "", Say.class, (say, call) -> {
      seen.add(trace.get() + " on " + Thread.currentThread().getName());
      return ToolResult.text(say.message());
    });
    McpFunction function = InitPhase.start(
        McpServer.named("test", "1").tool(tool).build(),
        LambdaSettings.defaults(),
        Map.of("AWS_LAMBDA_MAX_CONCURRENCY", "8"));
    ObjectNode call =
        Messages.event(EventShape.HTTP_API_2, Messages.call(1, "echo", "{'message':'hi'}"));
    for (String root : List.of("Root=1", "Root=2")) {
      trace.set(root);
      function.serve(call, -1, Attributes.NONE, new TestContext("r"), null);
    }
    assertEquals(List.of("Root=1 on mcp-call", "Root=2 on mcp-call"), seen);
  }

  /** A deployment package without it. */
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
