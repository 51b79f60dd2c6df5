/**
 * The rules of xDS as one state machine per stream: requests in, responses out. It knows no
 * transport, no threads and no clock; whoever owns a stream calls it from one thread at a time.
 */
@NullMarked
package myxds.discovery.engine;

import org.jspecify.annotations.NullMarked;
