/** Who is connected. */
@NullMarked
package myxds.fleet;

import org.jspecify.annotations.NullMarked;
