package myxds.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the tar of this machine. */
final class TarTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"ustar", "gnu", "posix"})
  void readsEveryFormat(String format) throws Exception {
    var deep = "edge/" + "d".repeat(60) + "/" + "e".repeat(60) + "/ä.yaml";
    write("edge/a.yaml", "one\n");
    write("edge/empty.yaml", "");
    write(deep, "x".repeat(2000));

    var files = files(tar("--format=" + format, "."));

    assertThat(files)
        .containsOnly(
            Map.entry("./edge/a.yaml", "one\n"),
            Map.entry("./edge/empty.yaml", ""),
            Map.entry("./" + deep, "x".repeat(2000)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gnu", "posix"})
  void readsALongName(String format) throws Exception {
    var name = "edge/" + "n".repeat(200) + ".yaml";
    write(name, "one");
    write("edge/z.yaml", "two");

    assertThat(files(tar("--format=" + format, "edge"))).containsOnlyKeys(name, "edge/z.yaml");
  }

  @Test
  void refusesALink() throws Exception {
    Files.createDirectories(folder.resolve("in/edge"));
    Files.createSymbolicLink(folder.resolve("in/edge/a.yaml"), Path.of("b.yaml"));
    var tar = tar(".");

    assertThatThrownBy(() -> Tar.files(tar))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the tar holds ./edge/a.yaml, which is no file");
  }

  @Test
  void leavesOutTheHiddenLinksOfAMountedConfigMap() throws Exception {
    write("edge/a.yaml", "one");
    Files.createSymbolicLink(folder.resolve("in/edge/..data"), Path.of("..2026"));

    assertThat(files(tar("edge"))).containsOnlyKeys("edge/a.yaml");
  }

  @Test
  void seesThatItIsCutOff() throws Exception {
    write("edge/a.yaml", "x".repeat(5000));
    var tar = tar("edge/a.yaml");

    assertThatThrownBy(() -> Tar.files(Arrays.copyOf(tar, 3000)))
        .isInstanceOf(IOException.class)
        .hasMessage("the tar is cut off in the middle of a file");
  }

  @Test
  void knowsATarFromJson() throws Exception {
    write("edge/a.yaml", "one");

    assertThat(Tar.is(tar("edge"))).isTrue();
    assertThat(Tar.is("{\"files\": {}}".repeat(100).getBytes(UTF_8))).isFalse();
  }

  private void write(String path, String text) throws IOException {
    var file = folder.resolve("in").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private byte[] tar(String... arguments) throws Exception {
    var out = folder.resolve("out.tar");
    var command = new ArrayList<>(List.of("tar", "-C", folder.resolve("in").toString()));
    command.addAll(List.of("-cf", out.toString()));
    command.addAll(List.of(arguments));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    return Files.readAllBytes(out);
  }

  private static Map<String, String> files(byte[] tar) throws IOException {
    var texts = new TreeMap<String, String>();
    Tar.files(tar).forEach((path, content) -> texts.put(path, new String(content, UTF_8)));
    return texts;
  }
}
