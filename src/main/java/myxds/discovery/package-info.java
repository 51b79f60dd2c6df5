/** How Envoy asks: xDS over gRPC and REST. */
@NullMarked
package myxds.discovery;

import org.jspecify.annotations.NullMarked;
