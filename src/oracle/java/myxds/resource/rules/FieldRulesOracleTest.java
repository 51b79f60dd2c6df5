package myxds.resource.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.envoyproxy.pgv.ReflectiveValidatorIndex;
import io.envoyproxy.pgv.ValidationException;
import io.envoyproxy.pgv.validate.Validate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import myxds.resource.Finding;
import myxds.resource.Schema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Asks the validators that protoc-gen-validate generates for Java whether they judge random
 * messages as {@link FieldRules} does. They say only yes or no, and nothing about what is inside an
 * {@code Any}. Where the two differ, {@link Difference} must know why: it takes the cause out of
 * the message, and then both must agree.
 *
 * <p>{@code mvn -Ppgv test -Dtest=FieldRulesOracleTest}
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FieldRulesOracleTest {
  private static final int MESSAGES_OF_A_TYPE = 16;
  private static final int MESSAGES_OF_A_FIELD = 48;
  private static final long SEED = 20_250_423;

  private final Schema schema = Schema.ofApi();
  private final FieldRules rules = new FieldRules(schema);
  private final ReflectiveValidatorIndex validators = new ReflectiveValidatorIndex();
  private final List<Descriptor> types = new ArrayList<>();
  private final Map<Difference, Integer> explained = new EnumMap<>(Difference.class);
  private final List<String> unexplained = new ArrayList<>();
  private final Set<String> broken = new HashSet<>();
  private int accepted;
  private int refused;

  @BeforeAll
  void askBoth() throws Exception {
    var plans = new Plans(Set.of());
    ApiTypes.all().stream()
        .filter(type -> plans.isRuled(type) && Difference.hasValidator(type))
        .filter(type -> example(type).isPresent())
        .forEach(types::add);
    for (var type : types) {
      for (int i = 0; i < MESSAGES_OF_A_TYPE; i++) {
        // From all right to every fifth value wrong.
        compare(RandomMessages.wrongIn(i % 4 * 0.07, seed(type, i)), type);
      }
      for (var field : type.getFields()) {
        for (int i = 0; i < MESSAGES_OF_A_FIELD && Annotations.hasRules(field); i++) {
          compare(RandomMessages.wrongAt(field, seed(type, i)), type);
        }
      }
    }
    System.out.printf(
        "%d types, %d messages: %d right, %d wrong to protoc-gen-validate; differences explained:"
            + " %s; not explained: %d; %d of %d fields with rules were the one thing wrong%n",
        types.size(),
        accepted + refused,
        accepted,
        refused,
        explained,
        unexplained.size(),
        broken.size(),
        ruledFields().size());
  }

  @Test
  void agreesWithTheGeneratedValidatorsButForKnownReasons() {
    assertThat(accepted + refused).isGreaterThan(20_000);
    assertThat(unexplained).isEmpty();
  }

  @Test
  void putsEnoughOfBothKindsToTheTest() {
    assertThat(accepted).isGreaterThan(8_000);
    assertThat(refused).isGreaterThan(8_000);
  }

  @Test
  void breaksNearlyEveryRuleAlone() {
    var never = new HashSet<>(ruledFields());
    never.removeAll(broken);

    assertThat(never).hasSizeLessThan(10);
  }

  private Optional<Message> example(Descriptor type) {
    return schema.message("type.googleapis.com/" + type.getFullName());
  }

  /** Far apart: of near seeds the first numbers are alike. */
  private static long seed(Descriptor type, int number) {
    return (SEED + 31L * type.getFullName().hashCode() + number) * 0x9E37_79B9_7F4A_7C15L;
  }

  private void compare(RandomMessages random, Descriptor type) {
    var message = random.message(example(type).orElseThrow().newBuilderForType());
    var found = rules.check(message);
    var refusal = refusal(message);
    if (refusal.isEmpty()) {
      accepted++;
    } else {
      refused++;
    }
    if (found.isEmpty() != refusal.isEmpty()) {
      explain(message, found, refusal);
    }
    if (found.size() == 1) {
      note(message.getDescriptorForType(), found.getFirst());
    }
  }

  /** Empty when it passes. The comparison of durations throws for one that is not valid. */
  private String refusal(Message message) {
    try {
      validators.validatorFor(message).assertValid(message);
      return "";
    } catch (ValidationException | IllegalArgumentException e) {
      return e.toString();
    }
  }

  private void explain(Message message, List<Finding> found, String refusal) {
    for (var difference : Difference.values()) {
      var same = difference.takenOut(message);
      if (!same.equals(message) && agreeAbout(same)) {
        explained.merge(difference, 1, Integer::sum);
        return;
      }
    }
    unexplained.add(message.getDescriptorForType().getFullName() + found + refusal);
  }

  private boolean agreeAbout(Message message) {
    return rules.check(message).isEmpty() == refusal(message).isEmpty();
  }

  /** The field that was the one thing wrong, if it is the message's own. */
  private void note(Descriptor type, Finding finding) {
    var name = finding.path().toString().replaceFirst("\\[.*", "");
    var field = type.findFieldByName(name);
    if (field != null && canBeWrong(field) && !finding.path().toString().contains("].")) {
      broken.add(type.getFullName() + "." + name);
    }
  }

  /** A member of a oneof that is only required is there whenever it is looked at. */
  private static boolean canBeWrong(FieldDescriptor field) {
    var required = Validate.MessageRules.newBuilder().setRequired(true);
    var onlyRequired = Validate.FieldRules.newBuilder().setMessage(required).build();
    var rules = Annotations.rules(field);
    return Annotations.hasRules(field)
        && (field.getRealContainingOneof() == null || !rules.equals(onlyRequired));
  }

  private Set<String> ruledFields() {
    var fields = new HashSet<String>();
    for (var type : types) {
      type.getFields().stream()
          .filter(FieldRulesOracleTest::canBeWrong)
          .map(FieldDescriptor::getFullName)
          .forEach(fields::add);
    }
    return fields;
  }
}
