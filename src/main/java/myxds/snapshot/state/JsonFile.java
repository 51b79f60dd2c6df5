package myxds.snapshot.state;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/** A small file of JSON that this program wrote, unless somebody or something damaged it. */
record JsonFile(Path path) {

  /**
   * What is in it.
   *
   * @param none what it is when there is no such file
   * @param reading may throw whatever it likes at what was not written so
   * @throws CorruptFile if it did
   */
  <T> T read(T none, Function<JsonObject, T> reading) throws IOException {
    if (!Files.exists(path)) {
      return none;
    }
    try {
      return reading.apply(JsonParser.parseString(Files.readString(path)).getAsJsonObject());
    } catch (RuntimeException | CharacterCodingException e) {
      throw new CorruptFile(path, "it is not what was written");
    }
  }

  void write(JsonElement json) throws IOException {
    Disk.write(Map.of(path, json.toString().getBytes(StandardCharsets.UTF_8)));
  }
}
