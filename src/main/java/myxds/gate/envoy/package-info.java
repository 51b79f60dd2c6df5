/** Asks a real Envoy what it says of a state: for what only it can know. */
@NullMarked
package myxds.gate.envoy;

import org.jspecify.annotations.NullMarked;
