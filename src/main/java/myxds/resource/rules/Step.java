package myxds.resource.rules;

import myxds.resource.FieldPath;

/** One step of a walk into a message. */
sealed interface Step {

  /** Into a field; what is below a sensitive one is sensitive too. */
  record Field(String name, boolean isSensitive) implements Step {}

  /** To an element of a list, from 0. */
  record Item(int index) implements Step {}

  /** To a value of a map. */
  record Key(Object key) implements Step {}

  default FieldPath after(FieldPath path) {
    return switch (this) {
      case Field(var name, var sensitive) -> path.field(name);
      case Item(var index) -> path.index(index);
      case Key(var key) -> path.key(key.toString());
    };
  }
}
