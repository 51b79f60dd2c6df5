/** How fast a change reaches many clients, and what that costs the server: ours and its peers. */
@NullMarked
package myxds.bench;

import org.jspecify.annotations.NullMarked;
