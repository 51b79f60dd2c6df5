package myxds.resource;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where in a message a field is, by the names of the .proto files; immutable. An {@code Any} is no
 * step of its own: the fields of the message inside follow the field that holds it.
 */
public final class FieldPath {
  /** The message itself. */
  public static final FieldPath ROOT = new FieldPath(null, new Step.Field(""));

  private final @Nullable FieldPath parent;
  private final Step step;

  private FieldPath(@Nullable FieldPath parent, Step step) {
    this.parent = parent;
    this.step = step;
  }

  /** One step into a message. */
  sealed interface Step {
    /** A field by its name. */
    record Field(String name) implements Step {}

    /** An element of a list, from 0. */
    record Index(int index) implements Step {}

    /** A value of a map. */
    record Key(String key) implements Step {}
  }

  public FieldPath field(String name) {
    return new FieldPath(this, new Step.Field(name));
  }

  /** An element of the list that this is, from 0. */
  public FieldPath index(int index) {
    return new FieldPath(this, new Step.Index(index));
  }

  /** The value under this key of the map that this is. */
  public FieldPath key(String key) {
    return new FieldPath(this, new Step.Key(key));
  }

  @Nullable FieldPath parent() {
    return parent;
  }

  Step step() {
    return step;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FieldPath path
        && step.equals(path.step)
        && Objects.equals(parent, path.parent);
  }

  @Override
  public int hashCode() {
    return Objects.hash(parent, step);
  }

  /** {@code load_assignment.endpoints[0].metadata["a"]}; empty for the message itself. */
  @Override
  public String toString() {
    if (parent == null) {
      return "";
    }
    var before = parent.toString();
    return switch (step) {
      case Step.Field(var name) -> before.isEmpty() ? name : before + "." + name;
      case Step.Index(var index) -> before + "[" + index + "]";
      case Step.Key(var key) -> before + "[\"" + key + "\"]";
    };
  }
}
