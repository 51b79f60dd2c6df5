/**
 * What xDS resources are: types, schema, documents, parsing. Pure: no I/O, no threads, no clock.
 */
@NullMarked
package myxds.resource;

import org.jspecify.annotations.NullMarked;
