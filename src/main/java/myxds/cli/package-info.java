/** What people type: one class per command. */
@NullMarked
package myxds.cli;

import org.jspecify.annotations.NullMarked;
