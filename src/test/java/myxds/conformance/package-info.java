/**
 * What an xDS server must do, as rows that speak raw frames with any server: {@link
 * myxds.conformance.Subject} is the server, {@link myxds.conformance.Trial} one row's conversation
 * with it.
 */
@NullMarked
package myxds.conformance;

import org.jspecify.annotations.NullMarked;
