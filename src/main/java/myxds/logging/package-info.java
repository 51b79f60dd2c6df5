/** How a log line looks. */
@NullMarked
package myxds.logging;

import org.jspecify.annotations.NullMarked;
