package myxds.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 30%}. */
final class Share implements ITypeConverter<Double> {
  @Override
  public Double convert(String text) {
    if (text.matches("\\d{1,3}(\\.\\d+)?%")) {
      double share = Double.parseDouble(text.substring(0, text.length() - 1)) / 100;
      if (share <= 1) {
        return share;
      }
    }
    throw new TypeConversionException("\"%s\" (expected: 0%%..100%%)".formatted(text));
  }
}
