/** Documents from a directory of Envoy YAML and JSON files. */
@NullMarked
package myxds.source.file;

import org.jspecify.annotations.NullMarked;
