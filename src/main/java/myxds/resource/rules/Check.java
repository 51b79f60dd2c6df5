package myxds.resource.rules;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a value must be. */
sealed interface Check {

  void check(Object value, Visit visit);

  /** All of these. */
  record All(List<Check> checks) implements Check {
    @Override
    public void check(Object value, Visit visit) {
      for (var check : checks) {
        check.check(value, visit);
      }
    }
  }

  /** These demands, of a value that can be read as its kind. */
  record Demands<T>(Kind<T> kind, List<Demand<T>> demands) implements Check {
    @Override
    public void check(Object value, Visit visit) {
      var read = kind.read().apply(value);
      if (read == null) {
        visit.wrong(kind.unreadable());
        return;
      }
      for (var demand : demands) {
        if (!demand.met().test(read)) {
          var told = visit.isSensitive() ? demand.shown().veiled() : demand.shown().open();
          visit.wrong(told.apply(read) + " (expected: " + demand.expected() + ")");
        }
      }
    }
  }

  /** Nothing, for an empty value. */
  record UnlessEmpty(Predicate<Object> isEmpty, Check check) implements Check {
    @Override
    public void check(Object value, Visit visit) {
      if (!isEmpty.test(value)) {
        check.check(value, visit);
      }
    }
  }

  /** The value inside a message like {@code UInt32Value}. */
  record Wrapped(FieldDescriptor value, Check check) implements Check {
    @Override
    public void check(Object wrapper, Visit visit) {
      check.check(((Message) wrapper).getField(value), visit);
    }
  }

  /** The rules of a message below. */
  record Nested(Plan plan) implements Check {
    @Override
    public void check(Object message, Visit visit) {
      plan.check((Message) message, visit);
    }
  }

  /** The rules of the message inside an {@code Any}. */
  record Packed() implements Check {
    @Override
    public void check(Object any, Visit visit) {
      visit.unpack((Message) any);
    }
  }

  /** Each element of a list. */
  record Items(Check check) implements Check {
    @Override
    public void check(Object list, Visit visit) {
      var items = (List<?>) list;
      for (int i = 0; i < items.size(); i++) {
        visit.enter(new Step.Item(i));
        check.check(items.get(i), visit);
        visit.leave();
      }
    }
  }

  /** No element of a list twice. */
  record Unique() implements Check {
    @Override
    public void check(Object list, Visit visit) {
      var items = (List<?>) list;
      var seen = new HashSet<Object>();
      for (int i = 0; i < items.size(); i++) {
        if (!seen.add(items.get(i))) {
          visit.enter(new Step.Item(i));
          visit.wrong("there before, at " + items.indexOf(items.get(i)) + " (expected: once)");
          visit.leave();
        }
      }
    }
  }

  /** Each key and each value of a map, which is a list of entries. */
  record Entries(FieldDescriptor map, @Nullable Check key, @Nullable Check value) implements Check {
    @Override
    public void check(Object entries, Visit visit) {
      var type = map.getMessageType();
      var keys = type.findFieldByNumber(1);
      var values = type.findFieldByNumber(2);
      for (var each : (List<?>) entries) {
        var entry = (Message) each;
        visit.enter(new Step.Key(entry.getField(keys)));
        if (key != null) {
          key.check(entry.getField(keys), visit);
        }
        if (value != null) {
          value.check(entry.getField(values), visit);
        }
        visit.leave();
      }
    }
  }
}
