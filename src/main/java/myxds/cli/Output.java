package myxds.cli;

/** How a command prints its answer. */
enum Output {
  TABLE,
  JSON
}
