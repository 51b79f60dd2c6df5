/** The other end of the wire: asks an xDS server as an Envoy does. */
@NullMarked
package myxds.discovery.client;

import org.jspecify.annotations.NullMarked;
