package myxds.conformance;

import org.awaitility.core.ConditionTimeoutException;

/** What a row said of a server. */
sealed interface Verdict {
  record Holds() implements Verdict {}

  record Fails(String why, Throwable cause) implements Verdict {}

  record DoesNotApply(String why) implements Verdict {}

  static Verdict of(Check check, Subject subject) {
    try {
      check.run(subject);
      return new Holds();
    } catch (Subject.NotApplicable e) {
      return new DoesNotApply(String.valueOf(e.getMessage()));
    } catch (ConditionTimeoutException e) {
      return failed(e.getCause() == null ? e : e.getCause());
    } catch (Throwable e) {
      return failed(e);
    }
  }

  private static Verdict failed(Throwable e) {
    return new Fails(oneLine(String.valueOf(e.getMessage())), e);
  }

  private static String oneLine(String text) {
    var line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= 110 ? line : line.substring(0, 109) + "…";
  }
}
