package dev.statelessmcp;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.statelessmcp.binding.SchemaValidator;
import dev.statelessmcp.protocol.ProtocolVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps the picture of the packages true. */
class ArchitectureTest {
  private static final String ROOT = "dev.statelessmcp";

  /** A package knows those above it, and none of those beside or below it. */
  private static final List<Set<String>> LAYERS = List.of(
      Set.of(".json"),
      Set.of(".jsonrpc"),
      Set.of(".protocol"),
      Set.of(".schema"),
      Set.of(".content", ".binding", ".subscription"),
      Set.of(".input"),
      Set.of(".call"),
      Set.of(".catalog", ".completion"),
      Set.of(".tool", ".resource", ".prompt", ".intercept"),
      Set.of(".extension"),
      Set.of(".transport"),
      Set.of(".engine"),
      Set.of(""),
      Set.of(".http.io"),
      Set.of(".http"));

  private static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages(ROOT);

  @Test
  void everyPackageHasItsPlaceInThePicture() {
    Set<String> inPicture = LAYERS.stream()
        .flatMap(Set::stream)
        .map(name -> ROOT + name)
        .collect(Collectors.toCollection(TreeSet::new));
    Set<String> found = CLASSES.stream()
        .map(JavaClass::getPackageName)
        .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(inPicture, found);
  }

  @Test
  void arrowsGoOneWay() {
    for (int i = 0; i < LAYERS.size(); i++) {
      for (String name : LAYERS.get(i)) {
        List<String> forbidden = new ArrayList<>();
        for (Set<String> layer : LAYERS.subList(i, LAYERS.size())) {
          layer.forEach(other -> forbidden.add(ROOT + other));
        }
        forbidden.remove(ROOT + name);
        noClasses()
            .that()
            .resideInAPackage(ROOT + name)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(forbidden.toArray(String[]::new))
            .allowEmptyShould(true)
            .check(CLASSES);
      }
    }
  }

  @Test
  void versionDifferencesLiveInErasAndHttp() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".protocol", ROOT + ".engine", ROOT + ".http")
        .should()
        .accessFieldWhere(JavaAccess.Predicates.target(owner(type(ProtocolVersion.class)))
            .and(JavaAccess.Predicates.target(nameStartingWith("V2"))))
        .check(CLASSES);
  }

  @Test
  void legacyEraKnowsNoModernOneAndViceVersa() {
    noClasses()
        .that()
        .haveSimpleName("LegacyEra")
        .should()
        .dependOnClassesThat()
        .haveSimpleName("ModernEra")
        .check(CLASSES);
    noClasses()
        .that()
        .haveSimpleName("ModernEra")
        .should()
        .dependOnClassesThat()
        .haveSimpleName("LegacyEra")
        .orShould()
        .dependOnClassesThat()
        .haveSimpleName("LegacyConnection")
        .check(CLASSES);
  }

  @Test
  void validatorLibraryIsBehindOneClass() {
    noClasses()
        .that(describe(
            "are not SchemaValidator",
            type -> !type.getFullName().startsWith(SchemaValidator.class.getName())))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.harrel..")
        .check(CLASSES);
  }

  /** An ObjectMapper costs half of the time to the first answer on AWS Lambda. */
  @Test
  void nothingCreatesAnObjectMapper() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ObjectMapper.class)
        .check(CLASSES);
    noClasses()
        .should()
        .callMethodWhere(JavaAccess.Predicates.target(owner(assignableTo(JsonNode.class)))
            .and(JavaAccess.Predicates.target(name("toString").or(name("toPrettyString")))))
        .because("JsonNode.toString() creates an ObjectMapper behind the scenes")
        .check(CLASSES);
  }

  @Test
  void coreDependsOnTheJdkJacksonAndTheValidatorAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(
            ROOT + "..",
            "java..",
            "javax.crypto..",
            "com.fasterxml.jackson..",
            "dev.harrel.jsonschema..",
            "org.jspecify.annotations..")) // not there at run time, and not missed
        .check(CLASSES);
  }

  @Test
  void nothingUsesAFrameworkForLogsAServiceLoaderOrAThreadLocal() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.logging..", "org.slf4j..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.util.ServiceLoader.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ThreadLocal.class)
        .check(CLASSES);
  }

  @Test
  void concretePublicClassesAreFinal() {
    ArchRule rule = classes()
        .that()
        .arePublic()
        .and()
        .areNotInterfaces()
        .and()
        .doNotHaveModifier(JavaModifier.ABSTRACT)
        .and()
        .areNotAssignableTo(Throwable.class)
        .should()
        .haveModifier(JavaModifier.FINAL)
        .because("final classes and records can grow without breaking anybody");
    rule.check(CLASSES);
  }

  @Test
  void noStaticFieldCanBeSet() {
    fields().that().areStatic().should().beFinal().check(CLASSES);
  }

  @Test
  void noStaticArrayIsSeenFromOutside() {
    fields()
        .that()
        .areStatic()
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .and()
        .haveRawType(describe("arrays", JavaClass::isArray))
        .should()
        .bePrivate()
        .check(CLASSES);
  }
}
