package myxds;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the code against docs/ARCHITECTURE.md. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("myxds");

  @Test
  void hasTheRoomsAndOnlyTheArrowsOfThePage() throws IOException {
    var page = arrowsOfThePage();
    var code = arrowsOfTheCode();

    assertThat(code.keySet()).isEqualTo(page.keySet());
    code.forEach(
        (room, imported) -> assertThat(page.get(room)).as("%s →", room).containsAll(imported));
  }

  @Test
  void keepsTheRootOutOfTheRooms() {
    var rooms = CLASSES.stream().filter(type -> !room(type).isEmpty()).toList();

    assertThat(rooms).isNotEmpty();
    assertThat(rooms)
        .allSatisfy(type ->
            assertThat(type.getDirectDependenciesFromSelf())
                .noneMatch(uses -> uses.getTargetClass().getPackageName().equals("myxds")));
  }

  @ParameterizedTest
  @CsvSource({
    "io.grpc, discovery discovery.client",
    "io.helidon, port discovery admin",
    "com.google.gson, resource gate.envoy snapshot.state settings admin cli",
    "org.snakeyaml, resource settings admin cli",
    "com.google.protobuf.util, resource settings admin cli",
    "io.prometheus.metrics, metrics",
    "ch.qos.logback, logging",
    "info.picocli, cli",
    "picocli, cli",
  })
  void keepsALibraryInsideItsFence(String library, String rooms) {
    var allowed = Set.of(rooms.split(" ", -1));

    var outside =
        CLASSES.stream()
            .filter(type -> !allowed.contains(room(type)))
            .filter(type -> uses(type, library))
            .map(JavaClass::getName)
            .toList();

    assertThat(outside).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"resource", "resource.rules", "gate", "gate.conflict", "diff"})
  void keepsARoomPure(String room) {
    var forbidden =
        Set.of(
            "java.nio.file",
            "java.io.File",
            "java.io.FileInputStream",
            "java.net.Socket",
            "java.net.http",
            "java.util.concurrent.ExecutorService",
            "java.lang.Thread",
            "java.time.Clock");
    // It reads the class path: the api jar's classes, and its table of contents for a misspelled
    // name.
    var schema = "myxds.resource.MessageTypes";

    var impure =
        CLASSES.stream()
            .filter(type -> room(type).equals(room))
            .filter(type -> !type.getName().startsWith(schema))
            .filter(type -> forbidden.stream().anyMatch(library -> uses(type, library)))
            .map(JavaClass::getName)
            .toList();

    assertThat(impure).isEmpty();
  }

  private static boolean uses(JavaClass type, String library) {
    return type.getDirectDependenciesFromSelf().stream()
        .map(dependency -> dependency.getTargetClass().getName())
        .anyMatch(name -> name.equals(library) || name.startsWith(library + "."));
  }

  private static SortedMap<String, Set<String>> arrowsOfTheCode() {
    var arrows = new TreeMap<String, Set<String>>();
    for (var type : CLASSES) {
      if (!room(type).isEmpty()) {
        var targets = arrows.computeIfAbsent(room(type), room -> new TreeSet<>());
        type.getDirectDependenciesFromSelf().stream()
            .map(dependency -> dependency.getTargetClass())
            .filter(target -> target.getPackageName().startsWith("myxds."))
            .map(ArchitectureTest::room)
            .filter(room -> !room.equals(room(type)))
            .forEach(targets::add);
      }
    }
    return arrows;
  }

  private static Map<String, Set<String>> arrowsOfThePage() throws IOException {
    var page = Files.readString(Path.of("docs/ARCHITECTURE.md"));
    var begin = page.indexOf("```arrows\n") + "```arrows\n".length();
    return page.substring(begin, page.indexOf("```", begin))
        .lines()
        .map(line -> line.split("→", 2))
        .collect(
            Collectors.toMap(
                line -> line[0].strip(), line -> rooms(line[1]), (a, b) -> a, TreeMap::new));
  }

  private static Set<String> rooms(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(room -> !room.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String room(JavaClass type) {
    var name = type.getPackageName();
    return name.equals("myxds") ? "" : name.substring("myxds.".length());
  }
}
