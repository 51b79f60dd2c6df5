/** What publishing a state would change, and what Envoys do about it. */
@NullMarked
package myxds.diff;

import org.jspecify.annotations.NullMarked;
