package dev.watchnchill.socketio;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dependencies between the packages of this module, and on libraries. */
class SocketIoDependencyTest {
  private static final String ROOT = "dev.watchnchill.socketio";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  private static void assertDependsOnlyOn(String from, String... allowed) {
    var packages = new ArrayList<>(List.of(allowed));
    packages.addAll(List.of(from, "java..", "org.jspecify..", "org.slf4j.."));
    classes()
        .that()
        .resideInAPackage(from)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(packages.toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void classes_of_all_packages_are_checked() {
    for (String name : List.of("Socket", "engine.EngineServer", "packet.Packet")) {
      assertThat(CLASSES.contain(ROOT + "." + name)).as(name).isTrue();
    }
  }

  @Test
  void limits_depend_on_no_other_package() {
    assertDependsOnlyOn(ROOT + ".limit", "com.sun.management");
  }

  @Test
  void http_depends_on_no_other_package() {
    assertDependsOnlyOn(ROOT + ".http", "io.netty..");
  }

  @Test
  void engine_does_not_depend_on_socket_io() {
    assertDependsOnlyOn(ROOT + ".engine", ROOT + ".http", ROOT + ".limit", "io.netty..");
  }

  @Test
  void packets_depend_only_on_frames_of_the_engine() {
    assertDependsOnlyOn(ROOT + ".packet", ROOT + ".engine", "tools.jackson..");
  }

  @Test
  void packages_have_no_cycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void jar_contains_no_test_server() {
    assertThat(CLASSES).noneMatch(type -> type.getPackageName().contains("conformance"));
  }
}
