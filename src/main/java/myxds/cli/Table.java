package myxds.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Rows in columns, no wider than a terminal: what is too long for the last column is cut. */
final class Table {
  private static final int WIDTH = 100;

  /** No other column takes more than this: a hostile name must not push out the rest. */
  private static final int WIDEST = 40;

  /** The last column has at least this much. */
  private static final int REST = 20;

  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final UnaryOperator<String> paint;

  /**
   * @param paint colours a cell that is a state's word, if the output is a terminal
   */
  Table(UnaryOperator<String> paint, String... titles) {
    this.paint = paint;
    rows.add(List.of(titles));
  }

  Table row(String... cells) {
    rows.add(List.of(cells).stream().map(Lines::printable).toList());
    return this;
  }

  boolean isEmpty() {
    return rows.size() == 1;
  }

  /** Its lines. */
  List<String> lines() {
    int widest = WIDEST;
    var widths = widths(widest);
    while (rest(widths) < REST) {
      widest--;
      widths = widths(widest);
    }
    var fitting = widths;
    return rows.stream().map(row -> line(row, fitting, rest(fitting))).toList();
  }

  /** Of all columns but the last. */
  private int[] widths(int widest) {
    return IntStream.range(0, rows.getFirst().size() - 1)
        .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
        .map(width -> Math.min(width, widest))
        .toArray();
  }

  /** What is left for the last one. */
  private static int rest(int[] widths) {
    return WIDTH - Arrays.stream(widths).map(width -> width + GAP.length()).sum();
  }

  private String line(List<String> row, int[] widths, int rest) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      var cell = cut(row.get(i), widths[i]);
      line.append(paint.apply(cell)).append(" ".repeat(widths[i] - cell.length())).append(GAP);
    }
    return line.append(cut(row.getLast(), rest)).toString().stripTrailing();
  }

  private static String cut(String cell, int width) {
    return cell.length() <= width ? cell : cell.substring(0, width - 1) + "…";
  }
}
