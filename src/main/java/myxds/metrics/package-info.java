/** Meters; implements the other rooms' observers. */
@NullMarked
package myxds.metrics;

import org.jspecify.annotations.NullMarked;
