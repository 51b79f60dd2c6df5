package myxds;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Small things stay small. An exception is a line here, with its reason. */
final class BudgetTest {
  private static final int LINES_OF_A_FILE = 300;
  private static final int LINES_OF_A_METHOD = 30;
  private static final int PARAMETERS = 4;

  /** Names as the tests below print them → why. */
  private static final Map<String, String> EXCEPTIONS = Map.of();

  @Test
  void filesAreShort() throws IOException {
    var limit = Map.of("Main.java", 60, "ControlPlane.java", 200);

    var tooLong = new ArrayList<String>();
    for (var file : Sources.all()) {
      var name = file.getFileName().toString();
      if (Files.readAllLines(file).size() > limit.getOrDefault(name, LINES_OF_A_FILE)) {
        tooLong.add(name);
      }
    }

    assertThat(tooLong).isSubsetOf(EXCEPTIONS.keySet());
  }

  @Test
  void methodsAreShort() throws IOException {
    var tooLong = new ArrayList<String>();

    var files = Stream.of(Sources.main(), Sources.bench()).flatMap(List::stream).toList();
    for (var method : methods(files)) {
      if (method.lines > LINES_OF_A_METHOD) {
        tooLong.add(method.name + " has " + method.lines + " lines");
      }
    }

    assertThat(tooLong).isEmpty();
  }

  @Test
  void methodsTakeFewParameters() {
    var tooMany =
        classes().stream()
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC))
            .filter(method -> method.getRawParameterTypes().size() > PARAMETERS)
            .filter(method -> !method.getName().contains("$"))
            .map(JavaMethod::getFullName)
            .toList();

    assertThat(tooMany).isSubsetOf(EXCEPTIONS.keySet());
  }

  @Test
  void mostTypesArePrivateToTheirRoom() {
    var top = classes().stream().filter(JavaClass::isTopLevelClass).toList();
    var open = top.stream().filter(t -> t.getModifiers().contains(JavaModifier.PUBLIC)).toList();

    assertThat(100.0 * open.size() / top.size())
        .as("%d of %d top-level types are public, per cent", open.size(), top.size())
        .isLessThanOrEqualTo(40);
  }

  private static List<JavaClass> classes() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("myxds")
            .stream()
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .toList();
  }

  private record Method(String name, long lines) {}

  private static List<Method> methods(List<Path> files) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      var positions = Trees.instance(task).getSourcePositions();
      var found = new ArrayList<Method>();
      for (var unit : task.parse()) {
        var text = unit.getSourceFile().getCharContent(true).toString();
        unit.accept(
            new TreeScanner<@Nullable Void, @Nullable Void>() {
              @Override
              public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
                if (method.getBody() != null) {
                  var body =
                      text.substring(
                          (int) positions.getStartPosition(unit, method.getBody()),
                          (int) positions.getEndPosition(unit, method.getBody()));
                  var name = unit.getSourceFile().getName() + " " + method.getName();
                  found.add(new Method(name, Splitter.on('\n').splitToStream(body).count()));
                }
                return super.visitMethod(method, null);
              }
            },
            null);
      }
      return found;
    }
  }
}
