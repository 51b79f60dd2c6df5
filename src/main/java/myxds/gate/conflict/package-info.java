/**
 * What is wrong inside a resource and between the resources of a group that Envoy refuses, or takes
 * and does not do what was meant. Pure: time and whether a file exists come in as functions.
 */
@NullMarked
package myxds.gate.conflict;

import org.jspecify.annotations.NullMarked;
