/** What was published, kept on disk for the next start. */
@NullMarked
package myxds.snapshot.state;

import org.jspecify.annotations.NullMarked;
