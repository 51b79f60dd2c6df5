/** my-xds, a standalone xDS control plane: {@link myxds.ControlPlane} is where the rooms meet. */
@NullMarked
package myxds;

import org.jspecify.annotations.NullMarked;
