package myxds.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import myxds.resource.ResourceType;
import myxds.resource.Spelling;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads what people call a type, {@code clusters}, or its whole URL, for picocli. */
final class TypeWord implements ITypeConverter<ResourceType> {
  private static final List<String> WORDS = ResourceType.KNOWN.stream().map(TypeWord::of).toList();

  @Override
  public ResourceType convert(String typed) {
    if (typed.contains("/")) {
      return ResourceType.of(typed);
    }
    var word = typed.replace('_', '-');
    return ResourceType.KNOWN.stream()
        .filter(type -> of(type).equals(word))
        .findFirst()
        .orElseThrow(() -> unknown(typed));
  }

  /** REST paths have an underscore where people write a hyphen. */
  private static String of(ResourceType type) {
    return type.plural().replace('_', '-');
  }

  private static TypeConversionException unknown(String typed) {
    Optional<String> meant = Spelling.nearest(typed, WORDS);
    return new TypeConversionException(
        "\"%s\" is no type%s (expected: %s or a type URL)"
            .formatted(
                typed,
                meant.map(word -> ", did you mean \"%s\"?".formatted(word)).orElse(""),
                WORDS.stream().collect(Collectors.joining(", "))));
  }
}
