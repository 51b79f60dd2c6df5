/** The daemon's own settings, read into records. */
@NullMarked
package myxds.settings;

import org.jspecify.annotations.NullMarked;
