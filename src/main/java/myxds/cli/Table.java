package myxds.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rows in columns, no wider than a terminal: what is too long for the last column is cut. */
final class Table {
  private static final int WIDTH = 100;

  /** No other column takes more than this: a hostile name must not push out the rest. */
  private static final int WIDEST = 40;

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
    int last = rows.getFirst().size() - 1;
    var widths = new int[last];
    int used = 0;
    for (int i = 0; i < last; i++) {
      int column = i;
      widths[i] =
          Math.min(WIDEST, rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
      used += widths[i] + GAP.length();
    }
    int rest = Math.max(10, WIDTH - used);
    return rows.stream().map(row -> line(row, widths, rest)).toList();
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
