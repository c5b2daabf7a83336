package io.tributary;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.tributary.module.Registry;
import io.tributary.spec.Spec;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.transforms.DoFn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps the arrows of the design: who may know whom. */
class ArchitectureTest {
  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.tributary");

  /**
   * From the top down; each knows only packages below it. A line holds packages that do not know
   * each other.
   */
  private static final List<List<String>> LAYERS =
      List.of(
          List.of("run"),
          List.of("compile"),
          List.of("configtest"),
          List.of("plan"),
          List.of("graph"),
          List.of("config"),
          List.of(
              "connector.bigquery",
              "connector.create",
              "connector.files",
              "connector.mysql",
              "transform.filter",
              "transform.select",
              "transform.sql",
              "warehouse.duckdb"),
          List.of("module"),
          List.of("warehouse"),
          List.of("sql"),
          List.of("row.format"),
          List.of("storage"),
          List.of("row"),
          List.of("spec"),
          List.of("failure"));

  static List<ArchRule> arrows() {
    List<ArchRule> rules = new ArrayList<>();
    for (int layer = 0; layer < LAYERS.size(); layer++) {
      for (String name : LAYERS.get(layer)) {
        Set<String> notToBeKnown = new TreeSet<>();
        LAYERS.subList(0, layer + 1).forEach(notToBeKnown::addAll);
        notToBeKnown.remove(name);
        rules.add(
            noClasses()
                .that()
                .resideInAPackage("io.tributary." + name)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                    notToBeKnown.stream()
                        .map(other -> "io.tributary." + other)
                        .toArray(String[]::new))
                .allowEmptyShould(true)
                .because("packages depend only downwards, and no connector knows another"));
      }
    }
    return rules;
  }

  @ParameterizedTest
  @MethodSource("arrows")
  void packagesKnowOnlyThoseBelowThem(ArchRule rule) {
    rule.check(PRODUCT);
  }

  @Test
  void everyPackageHasItsPlaceInTheLayers() {
    classes()
        .should()
        .resideInAnyPackage(
            LAYERS.stream()
                .flatMap(List::stream)
                .map(name -> "io.tributary." + name)
                .toArray(String[]::new))
        .because("a new package must be given a place in the design")
        .check(PRODUCT);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("io.tributary.(**)").should().beFreeOfCycles().check(PRODUCT);
  }

  @Test
  void onlyCompileAndRunImportBeam() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.tributary.compile", "io.tributary.run")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.beam..")
        .because("commands that never run a pipeline must not pay for loading Beam")
        .check(PRODUCT);
  }

  @Test
  void onlySqlImportsTheAnalyzer() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.tributary.sql")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.google.zetasql..")
        .because("the analyzer's Java packages are released rarely, so it must be replaceable")
        .check(PRODUCT);
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Handler")
        .orShould()
        .haveSimpleNameEndingWith("Processor")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameStartingWith("Abstract")
        .orShould()
        .haveSimpleNameStartingWith("Base")
        .because("such names say nothing about what a class is for")
        .check(PRODUCT);
  }

  @Test
  void configurationIsTypedPastTheBinder() {
    List<String> wildcards =
        PRODUCT.stream()
            .filter(
                type ->
                    !List.of("io.tributary.config", "io.tributary.spec")
                        .contains(type.getPackageName()))
            .flatMap(type -> type.getFields().stream())
            .filter(
                field ->
                    field.getType() instanceof JavaParameterizedType map
                        && map.toErasure().isAssignableTo(Map.class)
                        && map.getActualTypeArguments()
                            .get(1)
                            .toErasure()
                            .isEquivalentTo(Object.class))
            .map(JavaField::getFullName)
            .toList();

    assertThat("wildcard configuration objects end in the binder", wildcards, is(List.of()));
  }

  @Test
  void oldTimeTypesStayOutside() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.tributary.warehouse.duckdb.NestedValues") // inside lists
        .and()
        .doNotHaveFullyQualifiedName("io.tributary.connector.mysql.RowBufferCodec") // in signatures
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(
            java.util.Date.class,
            Calendar.class,
            java.sql.Timestamp.class,
            java.sql.Date.class,
            java.sql.Time.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("org.joda.time..")
        .because("they go through the JVM's zone, or keep milliseconds only")
        .check(PRODUCT);
  }

  @Test
  void nowComesFromAClock() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .because("a test must be able to say what time it is")
        .check(PRODUCT);
  }

  @Test
  void nothingPrints() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .because("the command line decides what a user sees")
        .check(PRODUCT);
  }

  @Test
  void beamFunctionsAreNoInnerClasses() {
    classes()
        .that()
        .areAssignableTo(DoFn.class)
        .should()
        .beTopLevelClasses()
        .because("an inner class drags its outer object into the serialized pipeline")
        .check(PRODUCT);
  }

  @Test
  void everyFieldAndModuleIsDocumented() {
    Map<String, String> missing = new TreeMap<>();
    Registry registry = Registry.load();
    for (Spec.Kind kind : Spec.Kind.values()) {
      for (Spec<?> spec : registry.all(kind)) {
        if (spec.summary().isEmpty() || spec.examples().isEmpty()) {
          missing.put(kind + " " + spec.name(), "summary or example");
        }
        spec.fields().stream()
            .filter(field -> field.about().isEmpty())
            .forEach(
                field -> missing.put(kind + " " + spec.name() + "." + field.name(), "description"));
      }
    }
    assertThat(missing, is(Map.of()));
  }
}
