/** Valid resources become a consistent, content-versioned snapshot per group. */
@NullMarked
package myxds.snapshot;

import org.jspecify.annotations.NullMarked;
