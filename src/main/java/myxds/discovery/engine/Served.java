package myxds.discovery.engine;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.UncheckedExecutionException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import myxds.discovery.engine.Question.Content;
import myxds.resource.ConfigReference;
import myxds.resource.ResourceType;
import myxds.snapshot.GroupSnapshot;
import myxds.snapshot.TypeView;
import myxds.snapshot.Versioned;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a group is served, and what was worked out for one of its streams and holds for the others:
 * differences, encoded bodies, mentions. All of it leaves with the next publication. Safe for many
 * threads; the first that asks works, the others wait for it.
 */
public final class Served {
  private static final Logger log = LoggerFactory.getLogger(Served.class);

  /** Bodies that few streams share may be encoded again; those that many share are in use. */
  private static final long BODY_BYTES = 64L << 20;

  private static final int VIEWS = 256;

  /** gRPC libraries refuse larger messages unless they are told otherwise; Envoy does not. */
  private static final int LARGE = 4 << 20;

  /** A client that was away for as many publications is told everything. */
  private static final int HISTORY = 8;

  private final GroupSnapshot snapshot;
  private final List<GroupSnapshot> history;
  private final Answers answers;
  private final References references;
  private final SentSecrets secrets;
  private final Cache<Question, Optional<Body>> bodies =
      CacheBuilder.newBuilder()
          .maximumWeight(BODY_BYTES)
          .weigher((Question question, Optional<Body> body) ->
              256 + body.map(one -> one.bytes().length).orElse(0))
          .build();

  /** Clients may come back with a union too. */
  private final Cache<String, TypeView> unionsByVersion;

  private final Cache<Pair, Change> changes = views();
  private final Cache<Question, Set<ConfigReference>> followers = views();
  private final Cache<Kept, TypeView> unions = views();
  private final Cache<Kept, Map<String, Set<String>>> mentions = views();

  private volatile @Nullable Answered lastAnswer;
  private volatile @Nullable Changed lastChange;
  private volatile @Nullable Followed lastFollowed;

  private record Answered(Question question, Optional<Body> body) {}

  private record Followed(Question question, Set<ConfigReference> references) {}

  private record Changed(TypeView from, TypeView to, Change change) {}

  private record Pair(Content from, Content to) {}

  private record Kept(Content view, Set<String> names) {}

  /**
   * @param before what the group was served until now; null when nothing
   */
  public Served(GroupSnapshot snapshot, Rules rules, @Nullable Served before) {
    this.snapshot = snapshot;
    this.answers = new Answers(rules);
    this.references = rules.references();
    this.secrets = before == null ? new SentSecrets(rules.redaction()) : before.secrets;
    this.history =
        before == null
            ? List.of(snapshot)
            : Stream.concat(Stream.of(snapshot), before.history.stream()).limit(HISTORY).toList();
    this.unionsByVersion = before == null ? views() : before.unionsByVersion;
  }

  public GroupSnapshot snapshot() {
    return snapshot;
  }

  References references() {
    return references;
  }

  /** Returns a client's words about what it was sent, without the secrets of that. */
  String redacted(String words, TypeView sent) {
    return secrets.hideIn(words, sent);
  }

  TypeView view(ResourceType type) {
    return snapshot.ofType(type);
  }

  /** What a version stood for lately; null when nobody remembers. */
  @Nullable TypeView view(ResourceType type, String version) {
    for (var known : history) {
      var view = known.ofType(type);
      if (view.version().equals(version)) {
        return view;
      }
    }
    return unionsByVersion.getIfPresent(version);
  }

  /** The encoded answer; empty when there is nothing to say. */
  Optional<Body> body(Question question) {
    // Most streams stand where the one before stood: no need to look it up.
    var last = lastAnswer;
    if (last != null && last.question.equals(question)) {
      return last.body;
    }
    var body = remembered(bodies, question, () -> answer(question));
    lastAnswer = new Answered(question, body);
    return body;
  }

  private Optional<Body> answer(Question question) {
    var change = change(question.from().view(), question.to().view());
    var body = answers.answer(question, change);
    body.filter(one -> one.bytes().length > LARGE).ifPresent(Served::warn);
    return body;
  }

  private static void warn(Body body) {
    log.atWarn()
        .addKeyValue("type", body.type())
        .addKeyValue("resources", body.resources())
        .addKeyValue("bytes", body.bytes().length)
        .log("a response is larger than what gRPC clients take by default");
  }

  /** What has a time to live, without its content: it lives on. */
  Body heartbeat(Question question) {
    return answers.heartbeat(question);
  }

  Change change(TypeView from, TypeView to) {
    if (from.sameAs(to)) {
      return Change.NOTHING;
    }
    var last = lastChange;
    if (last != null && last.from == from && last.to == to) {
      return last.change;
    }
    var change =
        remembered(
            changes, new Pair(new Content(from), new Content(to)), () -> Change.between(from, to));
    lastChange = new Changed(from, to, change);
    return change;
  }

  /** Returns what is to be sent once more, on the same stream, after the answer to a question. */
  Set<ConfigReference> followers(Question question) {
    var last = lastFollowed;
    if (last != null && last.question.equals(question)) {
      return last.references;
    }
    var found = remembered(followers, question, () -> findFollowers(question));
    lastFollowed = new Followed(question, found);
    return found;
  }

  private Set<ConfigReference> findFollowers(Question question) {
    var change = change(question.from().view(), question.to().view());
    return question.news(change).stream()
        .flatMap(resource -> references.of(resource).stream())
        .filter(Followers::isFollower)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The view, and these of {@code older} too. */
  TypeView union(TypeView view, List<Versioned> older) {
    var versions =
        older.stream().map(one -> one.name() + '\n' + one.version()).collect(Collectors.toSet());
    var union = remembered(unions, new Kept(new Content(view), versions), () -> view.with(older));
    unionsByVersion.put(union.version(), union);
    return union;
  }

  /** Which of the names each resource of a view mentions; only those that mention any. */
  Map<String, Set<String>> mentions(TypeView view, Set<String> names) {
    return remembered(mentions, new Kept(new Content(view), names), () -> find(view, names));
  }

  /** Those of the names that what was served before mentions, and what is served now does not. */
  Set<String> noLongerMentioned(Set<String> names) {
    if (history.size() < 2) {
      return Set.of();
    }
    var left = new HashSet<String>();
    mentioned(history.get(1), names).forEach(left::addAll);
    mentioned(snapshot, names).forEach(left::removeAll);
    return left;
  }

  private Stream<Set<String>> mentioned(GroupSnapshot from, Set<String> names) {
    return from.types().entrySet().stream()
        .filter(type -> Order.mayNameClusters(type.getKey()))
        .flatMap(type -> mentions(type.getValue(), names).values().stream());
  }

  private static Map<String, Set<String>> find(TypeView view, Set<String> names) {
    var mentions = new Mentions(names);
    var found = new HashMap<String, Set<String>>();
    for (var resource : view.all()) {
      var mentioned = resource.isClaimed() ? names : mentions.in(resource.content());
      if (!mentioned.isEmpty()) {
        found.put(resource.name(), mentioned);
      }
    }
    return Map.copyOf(found);
  }

  private static <K, V> Cache<K, V> views() {
    return CacheBuilder.newBuilder().maximumSize(VIEWS).build();
  }

  private static <K, V> V remembered(Cache<K, V> cache, K key, Callable<V> work) {
    try {
      return cache.get(key, work);
    } catch (ExecutionException e) {
      throw new UncheckedExecutionException(e.getCause());
    }
  }
}
