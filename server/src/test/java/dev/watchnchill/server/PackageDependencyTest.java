package dev.watchnchill.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.watchnchill.server.runtime.port.PlaybackMetrics;
import org.junit.jupiter.api.Test;

/** The arrows of docs/ARCHITECTURE.md. */
final class PackageDependencyTest {
  private static final String ROOT = "dev.watchnchill.";
  private static final String SERVER = ROOT + "server.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          // The shared test code of party comes in a jar of its own.
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.watchnchill");

  private static void only(String from, String... allowed) {
    var packages = new java.util.ArrayList<>(java.util.List.of(allowed));
    packages.add("java..");
    packages.add("org.jspecify..");
    packages.add(from);
    classes()
        .that()
        .resideInAPackage(from)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(packages.toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void classes_of_all_three_modules_are_looked_at() {
    assertThat(CLASSES.contain(SERVER + "app.Main")).isTrue();
    assertThat(CLASSES.contain(ROOT + "party.Room")).isTrue();
    assertThat(CLASSES.contain(ROOT + "socketio.Socket")).isTrue();
  }

  @Test
  void party_knows_nothing_but_java() {
    only(ROOT + "party..");
  }

  @Test
  void socketio_knows_neither_party_nor_server() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "socketio..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "party..", ROOT + "server..")
        .check(CLASSES);
  }

  @Test
  void wire_knows_party_and_json_alone() {
    only(
        SERVER + "wire..",
        ROOT + "party..",
        "com.fasterxml.jackson.annotation..",
        "tools.jackson.core.io..", // a text that is encoded once
        "tools.jackson.databind..");
  }

  @Test
  void async_knows_nothing_but_java() {
    only(SERVER + "async..");
  }

  @Test
  void store_knows_party_alone() {
    only(
        SERVER + "store..",
        SERVER + "async..",
        ROOT + "party..",
        "org.slf4j..",
        "tools.jackson.core..",
        "tools.jackson.databind..",
        "org.h2.mvstore..");
  }

  @Test
  void file_format_is_the_file_stores_matter() {
    noClasses()
        .that()
        .resideOutsideOfPackage(SERVER + "store.file..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.h2..")
        .check(CLASSES);
  }

  @Test
  void json_of_rooms_is_the_codecs_matter() {
    only(
        SERVER + "store.codec..",
        ROOT + "party..",
        "tools.jackson.core..",
        "tools.jackson.databind..");
  }

  @Test
  void only_the_redis_packages_know_its_client() {
    noClasses()
        .that()
        .resideOutsideOfPackage(SERVER + "redis..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.lettuce..")
        .check(CLASSES);
  }

  @Test
  void runtime_knows_party_wire_and_store_and_no_network() {
    only(
        SERVER + "runtime..",
        ROOT + "party..",
        SERVER + "wire..",
        SERVER + "store..",
        SERVER + "async..",
        SERVER + "limit..",
        SERVER + "password..",
        "com.github.benmanes.caffeine.cache..", // bounded maps
        "org.slf4j..");
  }

  @Test
  void packages_of_the_runtime_depend_one_way() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("service")
        .definedBy(SERVER + "runtime")
        .layer("room")
        .definedBy(SERVER + "runtime.room")
        .layer("broadcast")
        .definedBy(SERVER + "runtime.broadcast")
        .layer("subtitle")
        .definedBy(SERVER + "runtime.subtitle")
        .layer("session")
        .definedBy(SERVER + "runtime.session")
        .layer("port")
        .definedBy(SERVER + "runtime.port")
        .layer("memory")
        .definedBy(SERVER + "runtime.memory")
        .whereLayer("service")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("room")
        .mayOnlyBeAccessedByLayers("service")
        .whereLayer("broadcast")
        .mayOnlyBeAccessedByLayers("service", "room")
        .whereLayer("subtitle")
        .mayOnlyBeAccessedByLayers("service")
        .whereLayer("session")
        .mayOnlyBeAccessedByLayers("service", "room", "broadcast", "subtitle")
        .whereLayer("port")
        .mayOnlyBeAccessedByLayers("service", "room", "broadcast", "session")
        .whereLayer("memory")
        .mayOnlyBeAccessedByLayers("service", "room", "broadcast", "port")
        .check(CLASSES);
  }

  @Test
  void redis_serves_the_ports_of_others_and_knows_no_wire() {
    only(
        SERVER + "redis..",
        SERVER + "async..",
        SERVER + "store..",
        SERVER + "runtime.port..",
        SERVER + "http..",
        SERVER + "limit..",
        ROOT + "party..",
        "io.lettuce..",
        "io.netty.util..", // Lettuce's timer is Netty's,
        "io.netty.channel..", // and so are the loops that its connections are on
        "tools.jackson.databind..",
        "org.slf4j..");
  }

  @Test
  void limits_know_nothing_of_the_server() {
    only(SERVER + "limit..", ROOT + "party..", "javax.crypto..", "com.github.benmanes.caffeine..");
  }

  @Test
  void json_knows_nothing_of_the_server() {
    only(SERVER + "json..", "tools.jackson.core..", "tools.jackson.databind..");
  }

  @Test
  void passwords_know_rooms_by_their_id_and_the_limits() {
    only(
        SERVER + "password..",
        SERVER + "limit..",
        ROOT + "party..",
        "javax.crypto..",
        "org.slf4j..");
  }

  @Test
  void titles_know_films_and_their_port() {
    only(
        SERVER + "title..",
        SERVER + "json..",
        SERVER + "runtime.port..",
        ROOT + "party..",
        "com.github.benmanes.caffeine.cache..",
        "tools.jackson.core..",
        "tools.jackson.databind..",
        "org.slf4j..");
  }

  @Test
  void media_knows_its_port_and_no_network() {
    only(
        SERVER + "media..",
        SERVER + "json..",
        SERVER + "runtime.port..",
        SERVER + "title..",
        "com.github.benmanes.caffeine.cache..",
        "javax.crypto..",
        "tools.jackson.core..",
        "tools.jackson.databind..",
        SERVER + "wire..",
        ROOT + "party..",
        "org.slf4j..");
  }

  @Test
  void only_titles_are_requested_from_other_servers() {
    noClasses()
        .that()
        .resideOutsideOfPackage(SERVER + "title..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.net.http..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.URLConnection")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.HttpURLConnection")
        .orShould()
        .callMethod(java.net.URL.class, "openStream")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.Socket")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("io.netty.bootstrap.Bootstrap")
        .check(CLASSES);
    classes()
        .that()
        .haveFullyQualifiedName(SERVER + "title.OembedClient")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.net.http..")
        .check(CLASSES);
  }

  @Test
  void http_knows_neither_rooms_nor_their_clients() {
    only(
        SERVER + "http..",
        SERVER + "limit..",
        ROOT + "socketio..",
        ROOT + "party.link..", // the parameters of a query
        "io.netty..",
        "com.github.benmanes.caffeine..",
        "org.slf4j..");
  }

  @Test
  void metrics_know_the_port_of_the_runtime_and_no_rooms() {
    only(
        SERVER + "metrics..",
        SERVER + "wire..",
        SERVER + "limit..",
        SERVER + "password..",
        ROOT + "socketio..",
        SERVER + "runtime.port..",
        "io.micrometer..");
    noClasses()
        .that()
        .resideInAPackage(SERVER + "metrics..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(SERVER + "runtime..").and(not(assignableTo(PlaybackMetrics.class))))
        .check(CLASSES);
  }

  @Test
  void socket_is_the_bridge_and_knows_no_store() {
    noClasses()
        .that()
        .resideInAPackage(SERVER + "socket..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SERVER + "store..", SERVER + "app..")
        .check(CLASSES);
  }

  @Test
  void no_package_depends_on_app() {
    noClasses()
        .that(not(resideInAnyPackage(SERVER + "app..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(SERVER + "app..")
        .check(CLASSES);
  }

  @Test
  void packages_of_the_server_have_no_cycles() {
    slices().matching("dev.watchnchill.server.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void time_and_chance_come_from_app_alone() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "server..", ROOT + "party..")
        .and()
        .resideOutsideOfPackage(SERVER + "app..")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callMethod(java.util.UUID.class, "randomUUID")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.security.SecureRandom")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
        .check(CLASSES);
  }
}
