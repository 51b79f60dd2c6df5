/** The listening ports: how many connections each has, which protocol a client speaks, HTTP/1. */
@NullMarked
package myxds.port;

import org.jspecify.annotations.NullMarked;
