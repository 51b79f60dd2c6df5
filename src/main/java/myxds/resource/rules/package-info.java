/**
 * What the api's own rules ({@code validate.rules}) say about the fields of a message. Pure: no
 * I/O, no threads, no clock.
 */
@NullMarked
package myxds.resource.rules;

import org.jspecify.annotations.NullMarked;
