package dev.statelessmcp.annotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.schema.Default;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.schema.Format;
import dev.statelessmcp.schema.Length;
import dev.statelessmcp.schema.McpHeader;
import dev.statelessmcp.schema.Nullable;
import dev.statelessmcp.schema.Range;
import dev.statelessmcp.schema.Title;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolResult;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which methods become tools, with which schema, and which are refused. */
class AnnotatedMethodsTest {

  record Arguments(
      @Description("a text") @Length(max = 5) String text,
      @Title("Number") @Range(min = 0) int number,
      @Default("[1]") List<Integer> list,
      Optional<String> optional,
      @Nullable Instant instant,
      @Format("email") String email,
      @McpHeader("Tenant") String tenant,
      @JsonProperty("re_named") String renamed,
      List<@Nullable String> holes,
      Map<String, Set<Long>> map) {}

  static class Same {
    @McpTool(description = "d")
    void same(
        @Description("a text") @Length(max = 5) String text,
        @Title("Number") @Range(min = 0) int number,
        @Default("[1]") List<Integer> list,
        Optional<String> optional,
        @Nullable Instant instant,
        @Format("email") String email,
        @McpHeader("Tenant") String tenant,
        @JsonProperty("re_named") String renamed,
        List<@Nullable String> holes,
        Map<String, Set<Long>> map) {}
  }

  @Test
  void schemaIsThatOfARecordWithTheSameAnnotations() {
    JsonNode ofRecord =
        Tool.of("same", "d", Arguments.class, (in, call) -> ToolResult.of()).toJson();
    assertEquals(Json.text(ofRecord), Json.text(Tools.of(new Same()).get(0).toJson()));
  }

  static class Base {
    @McpTool(description = "of the base")
    String base() {
      return "base";
    }

    @McpTool(description = "of the base")
    String overridden() {
      return "base";
    }
  }

  static class Derived extends Base {
    @McpTool(description = "own")
    static String own() {
      return "own";
    }

    @Override
    String overridden() {
      return "derived";
    }
  }

  private static String text(Tool tool) throws Exception {
    ToolResult result = tool.call(Json.object(), null);
    return result.toJson().at("/content/0/text").textValue();
  }

  @Test
  void superclassesCountAndOverridingMethodsAreCalled() throws Exception {
    List<Tool> tools = Tools.of(new Derived());
    assertEquals(
        List.of("own", "base", "overridden"), tools.stream().map(Tool::name).toList());
    assertEquals("derived", text(tools.get(2)), "as proxies of a framework need it");
  }

  interface Greeting<T> {
    @McpTool(description = "of the interface")
    String greet(String name);

    @McpTool(description = "has a body")
    default String shout(String name) {
      return greet(name).toUpperCase(Locale.ROOT);
    }

    @McpTool(description = "is overridden with another type")
    Object result();

    T typed(T value);
  }

  interface Polite extends Greeting<Integer> {}

  static class Host implements Polite {
    @Override
    public String greet(String name) {
      return "Hello " + name;
    }

    @Override
    @McpTool(description = "own")
    public String result() {
      return "own";
    }

    @Override
    @McpTool(description = "own")
    public Integer typed(Integer value) {
      return value;
    }
  }

  @Test
  void nullIsRefusedByName() {
    assertEquals(
        "a target",
        assertThrows(NullPointerException.class, () -> Tools.of(new Object[] {null}))
            .getMessage());
  }

  @Test
  void interfacesCountToo() throws Exception {
    List<Tool> tools = Tools.of(new Host());
    assertEquals(
        List.of("result", "typed", "greet", "shout"),
        tools.stream().map(Tool::name).toList());
    assertEquals(
        "integer",
        tools.get(1).toJson().at("/inputSchema/properties/value/type").textValue());
    McpTestClient client =
        McpTestClient.of(McpServer.named("test", "1").tools(tools).build());
    client.call("greet", Map.of("name", "Ann")).hasText("Hello Ann");
    client.call("shout", Map.of("name", "Ann")).hasText("HELLO ANN");
    client.call("result").hasText("own");
  }

  /** A proxy, as frameworks create it for a bean with an interface. */
  @Test
  void proxyOfAnInterfaceHasItsTools() throws Exception {
    Object proxy = Proxy.newProxyInstance(
        Host.class.getClassLoader(),
        new Class<?>[] {Plain.class},
        (self, method, arguments) -> "proxied " + arguments[0]);
    McpTestClient.of(McpServer.named("test", "1").tools(Tools.of(proxy)).build())
        .call("greet", Map.of("name", "Ann"))
        .hasText("proxied Ann");
  }

  interface Plain {
    @McpTool(description = "d")
    String greet(String name);
  }

  static class Statics {
    @McpTool(description = "d")
    static String one() {
      return "one";
    }
  }

  @Test
  void classGivesItsStaticMethods() throws Exception {
    assertEquals("one", text(Tools.of(Statics.class).get(0)));
    assertEquals(4, Tools.of(Statics.class, new Derived()).size());
  }

  static class Generic<T> {
    @McpTool(description = "d")
    public Comparable<T> get() {
      return null;
    }
  }

  interface Named {
    Object name();
  }

  static class Bridged implements Named {
    @Override
    @McpTool(description = "d")
    public String name() {
      return "bridged";
    }
  }

  @Test
  void methodsThatTheCompilerAddsDoNotCount() throws Exception {
    assertEquals(1, Tools.of(new Bridged()).size());
    assertEquals("bridged", text(Tools.of(new Bridged()).get(0)));
  }

  @Retention(RetentionPolicy.RUNTIME)
  @interface Other {
    int number() default 0;

    Class<?>[] classes() default {};

    Named2 nested() default @Named2;
  }

  @Retention(RetentionPolicy.RUNTIME)
  @interface Named2 {
    double number() default 1.5;
  }

  static class Others {
    @Other(
        number = 5,
        classes = {String.class, int.class},
        nested = @Named2(number = 2))
    @McpTool(
        name = "others",
        description = "d",
        destructiveHint = false,
        idempotentHint = true,
        mayAsk = {dev.statelessmcp.input.QuestionKind.FORM, dev.statelessmcp.input.QuestionKind.URL
        })
    @Named2
    String others(@Other @Description("x") String a, ToolCall call, long b) {
      return a + b;
    }
  }

  @Test
  void otherAnnotationsDoNotDisturb() {
    Tool tool = Tools.of(new Others()).get(0);
    assertEquals(2, tool.optionalQuestions().size());
    assertEquals(
        "{\"destructiveHint\":false,\"idempotentHint\":true}",
        Json.text(tool.toJson().get("annotations")));
    assertEquals("x", tool.toJson().at("/inputSchema/properties/a/description").textValue());
  }

  /** A class whose loader does not have its file, as those made at run time. */
  private static Object withoutFile(Class<?> type) throws Exception {
    ClassLoader forgetful = new ClassLoader(type.getClassLoader()) {
      @Override
      protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.equals(type.getName())) {
          return super.loadClass(name, resolve);
        }
        try (InputStream in =
            type.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
          byte[] file = in.readAllBytes();
          return defineClass(name, file, 0, file.length);
        } catch (IOException e) {
          throw new ClassNotFoundException(name, e);
        }
      }

      @Override
      public java.net.URL getResource(String name) {
        return null;
      }

      @Override
      public InputStream getResourceAsStream(String name) {
        return null;
      }
    };
    var constructor = forgetful.loadClass(type.getName()).getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  @Test
  void classWithoutAFileIsReadByReflection() throws Exception {
    List<String> byFile = new ArrayList<>();
    List<String> byReflection = new ArrayList<>();
    for (Tool tool : Tools.of(new Sorted())) {
      byFile.add(tool.toJson() + " " + tool.requiredQuestions());
    }
    for (Tool tool : Tools.of(withoutFile(Sorted.class))) {
      byReflection.add(tool.toJson() + " " + tool.requiredQuestions());
    }
    assertEquals(byFile, byReflection);
  }

  @Test
  void parametersWithoutNamesAreRefused(@TempDir Path folder) throws Exception {
    Path source = folder.resolve("Nameless.java");
    Files.writeString(source, """
        public class Nameless {
          @dev.statelessmcp.annotation.McpTool(description = "d")
          public String tool(String text) { return text; }
        }
        """);
    String[] options = {
      "-proc:none",
      "-cp",
      System.getProperty("java.class.path"),
      "-d",
      folder.toString(),
      source.toString()
    };
    assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, options));
    try (var loader =
        new java.net.URLClassLoader(new java.net.URL[] {folder.toUri().toURL()})) {
      Object target = loader.loadClass("Nameless").getDeclaredConstructor().newInstance();
      assertEquals(
          "Nameless.tool() must have names for its parameters: compile with -parameters, or give"
              + " them @JsonProperty(\"name\")",
          assertThrows(IllegalArgumentException.class, () -> Tools.of(target)).getMessage());
    }
  }

  static class None {}

  static class Private {
    @McpTool(description = "d")
    @SuppressWarnings("UnusedMethod")
    private void hidden() {}
  }

  static class Overloaded {
    @McpTool(description = "d")
    void tool(String a) {}

    @McpTool(description = "d")
    void tool(int a) {}
  }

  static class SameName {
    @McpTool(description = "d", name = "x")
    void a() {}

    @McpTool(description = "d", name = "x")
    void b() {}
  }

  static class DescribedCall {
    @McpTool(description = "d")
    void tool(@Description("no") ToolCall call) {}
  }

  static class RangedCall {
    @McpTool(description = "d")
    void tool(@Range(max = 1) ToolCall call) {}
  }

  static class Later {
    @McpTool(description = "d")
    CompletableFuture<String> tool() {
      return new CompletableFuture<>();
    }
  }

  static class Maybe {
    @McpTool(description = "d")
    Optional<String> tool() {
      return Optional.empty();
    }
  }

  static class Unsupported {
    @McpTool(description = "d")
    Thread tool() {
      return null;
    }
  }

  static class UnsupportedParameter {
    @McpTool(description = "d")
    void tool(List<Thread> threads) {}
  }

  static class BadRange {
    @McpTool(description = "d")
    void tool(@Range(max = 1) String text) {}
  }

  static class BadDefault {
    @McpTool(description = "d")
    void tool(@Default("x") int number) {}
  }

  static class NullPrimitive {
    @McpTool(description = "d")
    @SuppressWarnings("NullablePrimitive")
    void tool(@Nullable int number) {}
  }

  static class Ignored {
    @McpTool(description = "d")
    void tool(@JsonIgnore2 String text) {}
  }

  @com.fasterxml.jackson.annotation.JacksonAnnotationsInside
  @JsonIgnore
  @Retention(RetentionPolicy.RUNTIME)
  @interface JsonIgnore2 {}

  static class TwoNames {
    @McpTool(description = "d")
    void tool(@JsonProperty("b") String a, String b) {}
  }

  static class BadName {
    @McpTool(description = "d", name = "not good")
    void tool() {}
  }

  static class Undescribed {
    @McpTool(description = "")
    void tool() {}
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      None | AnnotatedMethodsTest$None must have a method with @McpTool
      Private | Private.hidden() must not be private
      Overloaded | Overloaded.tool() and Overloaded.tool() must not both be the tool "tool"; rename one of them
      SameName | SameName.b() and SameName.a() must not both be the tool "x"; rename one of them
      DescribedCall | DescribedCall.tool() must not describe its parameter of type ToolCall, which is not an argument
      RangedCall | RangedCall.tool() must not describe its parameter of type ToolCall, which is not an argument
      Later | Later.tool() must not return a CompletableFuture; return its value
      Maybe | Maybe.tool() must not return an Optional; throw a ToolException instead
      Unsupported | what Unsupported.tool() returns must be of a supported type
      UnsupportedParameter | UnsupportedParameter.tool(threads)[] must be of a supported type
      BadRange | BadRange.tool(text) must be a number because it has @Range, was of JSON type string
      BadDefault | the @Default of BadDefault.tool(number) must be JSON
      NullPrimitive | NullPrimitive.tool(number) is @Nullable and must not be primitive, was int
      Ignored | Ignored.tool(text) must not have @JsonIgnore: it needs a value
      TwoNames | TwoNames.tool() must not have the name "b" twice
      BadName | "not good" cannot be the name of a tool
      Undescribed | Undescribed.tool() must have a description
      Generic | what Generic.get() returns must be of a supported type
      """)
  void unsupportedDeclarationsAreRefusedWithTheirPlace(String name, String message)
      throws Exception {
    var constructor =
        Class.forName(AnnotatedMethodsTest.class.getName() + "$" + name).getDeclaredConstructor();
    Object target = constructor.newInstance();
    String found =
        assertThrows(IllegalArgumentException.class, () -> Tools.of(target)).getMessage();
    assertTrue(found.contains(message), found);
  }

  @Test
  void classNeedsStaticMethods() {
    assertEquals(
        "Base.base() must be static, because a class was given and not an object",
        assertThrows(IllegalArgumentException.class, () -> Tools.of(Base.class)).getMessage());
  }

  static class BadTemplates {
    @McpResource(uri = "a://{x}")
    String other(String y) {
      return y;
    }
  }

  static class BadVariables {
    @McpResource(uri = "a://{x}")
    String list(List<String> x) {
      return "";
    }
  }

  static class BadResource {
    @McpResource(uri = "a://b")
    String resource(String x) {
      return x;
    }
  }

  static class BadContents {
    @McpResource(uri = "a://b")
    int number() {
      return 1;
    }
  }

  static class BadUri {
    @McpResource(uri = "b")
    String text() {
      return "";
    }
  }

  static class NoUri {
    @McpResource(uri = "not a uri")
    String text() {
      return "";
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      BadTemplates | BadTemplates.other() must have parameters that are variables of its uri, [x], was y
      BadVariables | BadVariables.list() must have a scalar parameter x, because it is sent as a string
      BadResource | BadResource.resource() must not have arguments, because its uri has no variables
      BadContents | BadContents.number() must return a String, byte[], ResourceContents, a List of them, or a ResourceResult, was int
      BadUri | the URI of a resource must be absolute, was b
      NoUri | the URI of a resource must be valid by RFC 3986, was "not a uri": Illegal character in path
      None | AnnotatedMethodsTest$None must have a method with @McpResource
      """)
  void resourcesThatCannotBeReadAreRefused(String name, String message) throws Exception {
    Object target = Class.forName(AnnotatedMethodsTest.class.getName() + "$" + name)
        .getDeclaredConstructor()
        .newInstance();
    String found = assertThrows(IllegalArgumentException.class, () -> {
          Resources.of(target);
          ResourceTemplates.of(target);
        })
        .getMessage();
    assertTrue(found.contains(message), found);
  }

  static class BadPrompt {
    @McpPrompt(description = "d")
    void prompt() {}
  }

  static class TitledPrompt {
    @McpPrompt(description = "d")
    String prompt(@Title("A") String a) {
      return a;
    }
  }

  static class HeaderPrompt {
    @McpPrompt(description = "d")
    String prompt(@McpHeader("A") String a) {
      return a;
    }
  }

  static class ToolCallPrompt {
    @McpPrompt(description = "d")
    String prompt(ToolCall call) {
      return "";
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      BadPrompt | BadPrompt.prompt() must return a String, a PromptMessage, a List of them, or a PromptResult, was void
      TitledPrompt | TitledPrompt.prompt() must not have @Title on its parameter a, where it has no effect
      HeaderPrompt | HeaderPrompt.prompt() must not have @McpHeader on its parameter a, where it has no effect
      ToolCallPrompt | ToolCallPrompt.prompt(call) must be of a supported type
      """)
  void promptsThatCannotBeWrittenAreRefused(String name, String message) throws Exception {
    Object target = Class.forName(AnnotatedMethodsTest.class.getName() + "$" + name)
        .getDeclaredConstructor()
        .newInstance();
    String found =
        assertThrows(IllegalArgumentException.class, () -> Prompts.of(target)).getMessage();
    assertTrue(found.contains(message), found);
  }

  @Test
  void toolsAreOrdinaryValues() throws Exception {
    Tool strict = Tools.of(new Sorted()).get(0).strict();
    ObjectNode arguments = (ObjectNode) Json.parse("{\"text\":\"a\",\"number\":\"1\"}");
    assertTrue(strict
        .call(arguments, null)
        .toJson()
        .at("/content/0/text")
        .textValue()
        .contains("arguments.number must be an integer, not a string"));
  }
}
