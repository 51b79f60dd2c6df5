package myxds.resource;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads one document's YAML (of which JSON is a part) into trees; every fault becomes a problem.
 */
final class TreeReader {
  /** More digits than a number has that fits; to read a million of them takes minutes. */
  private static final int MOST_DIGITS = 1_000;

  /**
   * Aliases may name aliases: without a bound, a page of text becomes a thousand million values. So
   * many may stand there by an alias.
   */
  private static final int MOST_REPEATED = 200_000;

  /** For each buffer the reader copies what it has of a text without a blank: few copies then. */
  private static final int LARGEST_BUFFER = 1 << 20;

  private static final Pattern UNDEFINED =
      Pattern.compile("(found undefined (?:alias|tag handle)) .*", Pattern.DOTALL);

  private static final Pattern NO_TOKEN =
      Pattern.compile("(cannot start any token)\\. \\(Do not use [^\\\\].*", Pattern.DOTALL);

  private final Document document;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<Node> met = Collections.newSetFromMap(new IdentityHashMap<>());
  private int repeated;
  private boolean spelled;

  private TreeReader(Document document) {
    this.document = document;
  }

  /**
   * What a document says.
   *
   * @param trees one for each YAML document in it that is not empty
   * @param spelled whether one of its numbers is {@link Spelled}
   */
  record Trees(List<Tree> trees, List<Problem> problems, boolean spelled) {}

  static Trees read(Document document) {
    var reader = new TreeReader(document);
    var trees = reader.trees();
    return new Trees(trees, reader.problems, reader.spelled);
  }

  /** Thrown here and caught here: the rest of the file cannot be read. */
  private static final class Unreadable extends RuntimeException {
    private final Problem problem;

    Unreadable(Problem problem) {
      super(problem.message());
      this.problem = problem;
    }
  }

  private List<Tree> trees() {
    var settings =
        LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setBufferSize(Math.clamp(document.text().length() + 1, 1024, LARGEST_BUFFER))
            .setCodePointLimit(Integer.MAX_VALUE)
            .setAllowNonScalarKeys(true)
            .setMaxAliasesForCollections(Integer.MAX_VALUE)
            .build();
    var trees = new ArrayList<Tree>();
    try {
      var text = new StreamReader(settings, document.text());
      var composer = new Composer(settings, new ShallowParser(new ParserImpl(settings, text)));
      while (composer.hasNext()) {
        met.clear(); // An alias means what stands before it in its own document.
        trees.add(tree(composer.next(), 0));
      }
    } catch (Unreadable e) {
      problems.add(e.problem);
    } catch (MarkedYamlEngineException e) {
      problems.add(Problem.error(at(e.getProblemMark()), "not YAML: " + words(e)));
    } catch (ReaderException e) {
      problems.add(Problem.error(unprintable(), "not YAML: a control character"));
    } catch (YamlEngineException e) {
      problems.add(Problem.error(Origin.of(document.path()), "not YAML: " + e.getMessage()));
    }
    trees.removeIf(tree -> tree instanceof Tree.Scalar scalar && scalar.json().isJsonNull());
    return trees;
  }

  private static String words(MarkedYamlEngineException e) {
    var words =
        e.getContext() == null || e.getContext().isBlank()
            ? e.getProblem()
            : e.getContext() + ", " + e.getProblem();
    // A password without quotes may begin with *, ! or @: of that nothing is repeated.
    words = UNDEFINED.matcher(words).replaceAll("$1 (expected: quotes around a text)");
    return NO_TOKEN.matcher(words).replaceAll("$1 (expected: quotes around a text)");
  }

  /** Where the reader stopped: it counts from its last buffer. */
  private Origin unprintable() {
    int line = 1;
    int column = 1;
    for (var character : (Iterable<Integer>) document.text().codePoints()::iterator) {
      if (!StreamReader.isPrintable(character)) {
        break;
      }
      line += character == '\n' ? 1 : 0;
      column = character == '\n' ? 1 : column + 1;
    }
    return new Origin(document.path(), line, column);
  }

  private Tree tree(Node node, int depth) {
    var origin = at(node.getStartMark());
    if (depth > ShallowParser.DEEPEST) {
      throw new Unreadable(Problem.error(origin, "nested too deeply by aliases"));
    }
    if (!met.add(node) && ++repeated > MOST_REPEATED) {
      throw new Unreadable(
          Problem.error(
              origin, "too many values by aliases (expected: at most " + MOST_REPEATED + ")"));
    }
    return switch (node) {
      case MappingNode mapping -> mapping(mapping, origin, depth);
      case SequenceNode sequence -> sequence(sequence, origin, depth);
      case ScalarNode scalar -> new Tree.Scalar(value(scalar, origin), origin);
      default -> throw new IllegalStateException("a composed document has no " + node);
    };
  }

  /** By a loop: the frames of a stream, at this depth, fill a thread's stack. */
  private Tree sequence(SequenceNode node, Origin origin, int depth) {
    var elements = new ArrayList<Tree>(node.getValue().size());
    for (var one : node.getValue()) {
      elements.add(tree(one, depth + 1));
    }
    return new Tree.Sequence(List.copyOf(elements), origin);
  }

  private Tree mapping(MappingNode node, Origin origin, int depth) {
    var entries = new ArrayList<Tree.Entry>();
    Map<String, Origin> seen = new HashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      var at = at(tuple.getKeyNode().getStartMark());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(Problem.error(at, "a key that is no text"));
      } else if (isNew(key.getValue(), at, seen)) {
        entries.add(new Tree.Entry(key.getValue(), at, tree(tuple.getValueNode(), depth + 1)));
      }
    }
    return new Tree.Mapping(List.copyOf(entries), origin);
  }

  private boolean isNew(String key, Origin at, Map<String, Origin> seen) {
    var first = seen.putIfAbsent(key, at);
    if (first != null) {
      problems.add(
          Problem.error(
              at,
              "key \"%s\" stands twice (first at %d:%d)"
                  .formatted(key, first.line(), first.column())));
    }
    return first == null;
  }

  private JsonElement value(ScalarNode node, Origin origin) {
    var text = node.getValue();
    var tag = node.getTag();
    if (tag.equals(Tag.NULL)) {
      return JsonNull.INSTANCE;
    } else if (tag.equals(Tag.BOOL)) {
      return new JsonPrimitive(text.toLowerCase(Locale.ROOT).equals("true"));
    } else if (Set.of(Tag.INT, Tag.FLOAT).contains(tag) && text.length() > MOST_DIGITS) {
      problems.add(Problem.error(origin, "a number of more than %d digits".formatted(MOST_DIGITS)));
      return JsonNull.INSTANCE;
    } else if (tag.equals(Tag.INT)) {
      return number(integer(text), text);
    } else if (tag.equals(Tag.FLOAT)) {
      return floating(text);
    } else if (!Set.of(Tag.STR, Tag.BINARY).contains(tag)) {
      problems.add(Problem.error(origin, "unknown tag (expected: quotes around a text)"));
    }
    return new JsonPrimitive(text);
  }

  private static BigInteger integer(String text) {
    if (text.startsWith("0x")) {
      return new BigInteger(text.substring(2), 16);
    }
    return text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigInteger(text);
  }

  /** As proto3 JSON writes them. */
  private JsonElement floating(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case ".inf", "+.inf" -> new JsonPrimitive("Infinity");
      case "-.inf" -> new JsonPrimitive("-Infinity");
      case ".nan" -> new JsonPrimitive("NaN");
      default -> number(new BigDecimal(text), text);
    };
  }

  private JsonPrimitive number(Number value, String text) {
    var number = Spelled.of(value, text);
    spelled |= number instanceof Spelled;
    return new JsonPrimitive(number);
  }

  private Origin at(Optional<Mark> mark) {
    return mark.map(m -> new Origin(document.path(), m.getLine() + 1, m.getColumn() + 1))
        .orElse(Origin.of(document.path()));
  }
}
