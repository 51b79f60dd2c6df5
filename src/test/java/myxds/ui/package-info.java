/** The page in a real browser, before a server that says what a test wants it to say. */
@NullMarked
package myxds.ui;

import org.jspecify.annotations.NullMarked;
