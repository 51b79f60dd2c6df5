/** Where documents come from. */
@NullMarked
package myxds.source;

import org.jspecify.annotations.NullMarked;
