package myxds.discovery.engine;

import java.util.List;
import myxds.snapshot.Versioned;

/**
 * What a client is to be told.
 *
 * @param resources that are new to it, or that it asked for
 * @param removed names of resources that it may have and that are gone
 * @param missing names that it asked for and that do not exist
 */
record Telling(List<Versioned> resources, List<String> removed, List<String> missing) {}
