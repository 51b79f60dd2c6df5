package myxds.gate;

import myxds.resource.Problem.Severity;

/**
 * What holds around a group's resources.
 *
 * @param missing how bad it is at most if nobody has what a resource asks for
 */
record Surroundings(Bootstrap bootstrap, Severity missing) {

  Severity atMost(Severity severity) {
    return severity == missing ? severity : Severity.WARNING;
  }
}
