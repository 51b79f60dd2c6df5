/** The daemon's own knobs, read once into records. */
@NullMarked
package myxds.settings;

import org.jspecify.annotations.NullMarked;
