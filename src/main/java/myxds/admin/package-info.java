/** How people ask: health, API, the page. */
@NullMarked
package myxds.admin;

import org.jspecify.annotations.NullMarked;
