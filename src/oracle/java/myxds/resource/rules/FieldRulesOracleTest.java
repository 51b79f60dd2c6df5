package myxds.resource.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FieldRulesOracleTest {
  @Test
  void agrees() {
    assertThat(1).isEqualTo(1);
  }
}
