/** The one gate before anything is served: what is wrong with a state, found before Envoy does. */
@NullMarked
package myxds.gate;

import org.jspecify.annotations.NullMarked;
