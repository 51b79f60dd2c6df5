package myxds.discovery.engine;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Set;
import myxds.resource.RedactedText;
import myxds.resource.Redaction;
import myxds.resource.Secrets;
import myxds.snapshot.TypeView;
import myxds.snapshot.Versioned;

/**
 * The secrets of what clients are sent, collected when the first client NACKs it. What many streams
 * were sent is searched once, and after a publication only what changed. Safe for many threads.
 */
final class SentSecrets {
  private final Redaction redaction;
  private final LoadingCache<Versioned, Set<ByteString>> byResource =
      CacheBuilder.newBuilder().weakKeys().build(CacheLoader.from(this::of));
  private final LoadingCache<TypeView, Secrets> byView =
      CacheBuilder.newBuilder().weakKeys().build(CacheLoader.from(this::of));

  SentSecrets(Redaction redaction) {
    this.redaction = redaction;
  }

  /** Returns a client's words about what it was sent, without the secrets of that. */
  String hideIn(String words, TypeView sent) {
    return RedactedText.of(words, byView.getUnchecked(sent)).strip();
  }

  private Secrets of(TypeView view) {
    var values = new ArrayList<ByteString>();
    view.all().forEach(one -> values.addAll(byResource.getUnchecked(one)));
    return Secrets.of(values);
  }

  private Set<ByteString> of(Versioned one) {
    return one.isClaimed() ? Set.of() : redaction.secrets(one.resource().message());
  }
}
